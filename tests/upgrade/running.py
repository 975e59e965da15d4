"""A running suite of some build in its own lab, for record and trial."""

import json
import os
import subprocess
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
SERVICES = ("network-api", "path-service", "flow-service", "switch-gateway")
# All below the range for outgoing connections (32768 and up), where a port may be in use already.
PORTS = {"API": 28080, "PATH": 28081, "FLOW": 28082, "GATEWAY": 28083, "OPENFLOW": 26653, "KAFKA": 29092}


class Suite:
    """The processes started by ./vlink of a build; run is their directory."""

    def __init__(self, build, run, lab="xo", partitions=1):
        self.build, self.run, self.lab = Path(build).resolve(), Path(run).resolve(), lab
        self.environment = os.environ | {"VLINK_BUILD": "never", "VLINK_LAB": lab, "VLINK_RUN": str(self.run)}
        self.environment |= {f"VLINK_{name}_PORT": str(port) for name, port in PORTS.items()}
        self.environment |= {"VLINK_PARTITIONS": str(partitions)}
        self.kafka = f"127.0.0.1:{PORTS['KAFKA']}"

    def vlink(self, *words, check=True):
        return subprocess.run([self.build / "vlink", *words], env=self.environment, check=check)

    def in_lab(self, *words, text=None):
        command = [self.build / "tests/lab/lab", *words]
        return subprocess.run(command, env=self.environment, check=True, input=text, text=True, stdout=subprocess.PIPE).stdout

    def nodes(self):
        """Returns the names of the switches with their datapath ids."""
        lines = [line.split() for line in self.in_lab("list").splitlines()]
        return {words[1]: words[2] for words in lines if words[0] == "switch"}

    def switch_file(self, node, name):
        return f"/run/vlink-lab/{self.lab}/switches/{node}/{name}"

    def pid(self, service):
        return int((self.run / "pids" / service).read_text())

    def patch_ports(self, node, names):
        """Adds ports without a workload. Patch ports are quick to create."""
        words = ["--no-wait"]
        for name in names:
            words += ["--", "add-port", "br0", name, "--", "set", "interface", name, "type=patch", f"options:peer=no-{name}"]
        self.in_lab("vsctl", node, *words)

    def get(self, path, port="API"):
        with urllib.request.urlopen(f"http://127.0.0.1:{PORTS[port]}{path}", timeout=10) as answer:
            return answer.read().decode()

    def bulk(self, lines):
        """Sends requests; returns the results that failed."""
        body = "".join(json.dumps(line) + "\n" for line in lines).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{PORTS['API']}/v1/bulk", body, {"Content-Type": "application/x-ndjson"})
        with urllib.request.urlopen(request, timeout=120) as answer:
            results = [json.loads(line) for line in answer if line.strip()]
        return [result for result in results if result["status"] >= 300]

    def phases(self):
        """Returns the number of networks by phase, from flow-service's metrics."""
        counts = {}
        for line in self.get("/q/metrics", "FLOW").splitlines():
            if line.startswith("vlink_flow_networks{"):
                counts[line.split('phase="')[1].split('"')[0]] = int(float(line.split()[-1]))
        return counts

    def records(self, topic):
        """Returns all records of a topic, as printed by kcat."""
        command = ["kcat", "-C", "-b", self.kafka, "-t", topic, "-o", "beginning", "-e", "-q", "-J", "-X", "isolation.level=read_committed"]
        lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
        return [json.loads(line) for line in lines]

    def topics(self):
        """Returns the names of the existing topics."""
        listing = subprocess.run(["kcat", "-L", "-J", "-b", self.kafka], check=True, capture_output=True, text=True).stdout
        return sorted(topic["topic"] for topic in json.loads(listing)["topics"] if topic["topic"].startswith("vlink."))


def await_that(what, condition, seconds=120):
    deadline = time.monotonic() + seconds
    last = None
    while time.monotonic() < deadline:
        try:
            last = condition()
            if last:
                return last
        except (OSError, KeyError, ValueError) as error:
            last = error
        time.sleep(0.2)
    raise SystemExit(f"not within {seconds} s: {what} (last: {last})")


def say(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)
