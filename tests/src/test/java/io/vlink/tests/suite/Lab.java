package io.vlink.tests.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The lab of {@code tests/lab}: real switches in namespaces, and workloads plugged into them. */
public final class Lab {

    /** Maximum time in seconds that an answer takes on a busy machine. */
    private static final int LATE = 10;
    /** Interval of the pings of {@link #answers}, in seconds. */
    private static final double INTERVAL = 0.05;

    private static final Pattern FLOW = Pattern.compile(
            "cookie=(0x[0-9a-f]+), duration=([0-9.]+)s,.* n_packets=(\\d+),.*in_port=\"?([^, \"]+)\"?(?:,dl_vlan=(\\d+))?.* actions=(.*)");

    private static final Pattern METER = Pattern.compile("meter=(\\d+).*");
    private static final Pattern METER_DROPS = Pattern.compile("meter:(\\d+).*\\n *0: *packet_count:(\\d+)");
    private static final long FIRST_LINK_METER = 65_536;

    private final String command;
    private final String name;
    private final Map<String, String> environment;

    Lab(Path root, String name) {
        this.command = root.resolve("tests/lab/lab").toString();
        this.name = name;
        this.environment = Map.of("VLINK_LAB", name);
    }

    /**
     * One rule in a switch.
     *
     * @param inPort name of the input port
     * @param label matched VLAN id; 0: none
     */
    public record Flow(String cookie, double durationSeconds, long packets, String inPort, int label, String actions) {}

    /** Plugs a workload into the switch of a node ("a" for node-a), on a port of the same name. */
    public void plug(String node, String workload, String... addresses) {
        lab(words("plug", node, workload), addresses);
    }

    public void unplug(String workload) {
        lab(words("unplug", workload));
    }

    /** Adds another cable between two switches, with these port names. */
    public void lay(String node, String port, String otherNode, String otherPort) {
        exec(
                node,
                "ip",
                "link",
                "add",
                port,
                "mtu",
                "1600",
                "type",
                "veth",
                "peer",
                "name",
                otherPort,
                "mtu",
                "1600",
                "netns",
                name + "-" + otherNode);
        exec(node, "ip", "link", "set", port, "up");
        exec(otherNode, "ip", "link", "set", otherPort, "up");
        vsctl(node, "add-port", "br0", port);
        vsctl(otherNode, "add-port", "br0", otherPort);
    }

    /** Removes a cable added by {@link #lay}. */
    public void takeAway(String node, String port, String otherNode, String otherPort) {
        vsctl(node, "--if-exists", "del-port", "br0", port);
        vsctl(otherNode, "--if-exists", "del-port", "br0", otherPort);
        tryExec(node, "ip", "link", "del", port);
    }

    /** Runs a program in the namespace of a workload or switch; it must succeed. */
    public String exec(String where, String... words) {
        return lab(words("exec", where), words);
    }

    /** Runs a program in the namespace of a workload or switch. */
    public Command.Result tryExec(String where, String... words) {
        return Command.tryRun(environment, all(words("exec", where), words));
    }

    /** Starts a program in the namespace of a workload or switch. */
    public Process start(String where, String... words) {
        try {
            List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name + "-" + where));
            all.addAll(List.of(words));
            return new ProcessBuilder(all).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String vsctl(String node, String... words) {
        return lab(words("vsctl", node), words);
    }

    public String appctl(String node, String... words) {
        return lab(words("appctl", node), words);
    }

    public String ofctl(String node, String... words) {
        return lab(words("ofctl", node), words);
    }

    public void stopSwitch(String node) {
        lab(words("switch-stop", node));
    }

    public void startSwitch(String node) {
        lab(words("switch-start", node));
    }

    /** Freezes a switch: its sockets and ports stay, but it does nothing. */
    public void freeze(String node) {
        signal(node, "STOP");
    }

    /** Resumes a frozen switch. */
    public void thaw(String node) {
        signal(node, "CONT");
    }

    private void signal(String node, String signal) {
        try {
            String pid = Files.readString(Path.of("/run/vlink-lab", name, "switches", node, "ovs-vswitchd.pid"));
            Command.run(Map.of(), List.of("kill", "-" + signal, pid.strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Points a switch to a missing controller and returns the former one; the switch keeps forwarding. */
    public String cutControl(String node) {
        String controller = vsctl(node, "get", "controller", "br0", "target").strip();
        restoreControl(node, "\"tcp:127.0.0.1:1\"");
        return controller;
    }

    public void restoreControl(String node, String controller) {
        vsctl(node, "set", "controller", "br0", "target=" + controller);
    }

    /** Returns the address where switches reach the services. */
    public String managementAddress() {
        return lab(words("address")).strip();
    }

    /** Returns the rules in a switch, without the gateway's own. Counters are exact: the datapath is read first. */
    public List<Flow> flows(String node) {
        appctl(node, "revalidator/wait");
        return ofctl(node, "--names", "dump-flows")
                .lines()
                .filter(line -> line.contains("actions="))
                .filter(line -> !line.contains("cookie=0x564c2")) // marks the owner of the switch, and does nothing
                .filter(line -> !line.contains("cookie=0x564c3")) // leads to one of the returned rules
                .map(Lab::flow)
                .toList();
    }

    /** Returns the rule that marks the owner of a switch and the records applied to it. */
    public String marker(String node) {
        return ofctl(node, "--no-stats", "dump-flows", "cookie=0x564c200000000000/0xfffff00000000000")
                .lines()
                .filter(line -> line.contains("actions="))
                .findFirst()
                .orElse("");
    }

    /** Returns the log of a switch's ovs-vswitchd. */
    public String log(String node) {
        try {
            return Files.readString(Path.of("/run/vlink-lab", name, "switches", node, "vswitchd.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the meters of vlinks in a switch, one per line. */
    public List<String> meters(String node) {
        return meters(node, false);
    }

    /**
     * Returns the meters of links in a switch, one per line. Vlinks share them; they remain for seconds after the last
     * vlink.
     */
    public List<String> linkMeters(String node) {
        return meters(node, true);
    }

    private List<String> meters(String node, boolean ofLinks) {
        return ofctl(node, "dump-meters")
                .replaceAll("\\n *(?=type=)", " ") // bands
                .lines()
                .map(METER::matcher)
                .filter(Matcher::find)
                .filter(meter -> Long.parseLong(meter.group(1)) >= FIRST_LINK_METER == ofLinks)
                .map(Matcher::group)
                .toList();
    }

    /** Returns the packets dropped by the meters of vlinks in a switch, without meters of links. */
    public long metered(String node) {
        return METER_DROPS
                .matcher(ofctl(node, "meter-stats"))
                .results()
                .filter(meter -> Long.parseLong(meter.group(1)) < FIRST_LINK_METER)
                .mapToLong(meter -> Long.parseLong(meter.group(2)))
                .sum();
    }

    /** Returns the packets that rules of a switch matched from a port. */
    public long packetsFrom(String node, String port) {
        return flows(node).stream()
                .filter(f -> f.inPort().equals(port))
                .mapToLong(Flow::packets)
                .sum();
    }

    /** Returns the MAC address of a workload's interface. */
    public String mac(String workload) {
        return exec(workload, "cat", "/sys/class/net/eth0/address").strip();
    }

    /** Pings and returns the number of answers. Waits for late ones, so those that are missing are lost. */
    public int ping(String workload, String address, int count, double intervalSeconds) {
        return ping(workload, address, count, intervalSeconds, LATE);
    }

    /** Returns whether any of two pings is answered within a second. */
    public boolean answers(String workload, String address) {
        return ping(workload, address, 2, INTERVAL, 1) > 0;
    }

    private int ping(String workload, String address, int count, double intervalSeconds, int patienceSeconds) {
        Command.Result result = tryExec(
                workload,
                "ping",
                "-n",
                "-q",
                "-c",
                Integer.toString(count),
                "-i",
                Double.toString(intervalSeconds),
                "-W",
                Integer.toString(patienceSeconds),
                address);
        Matcher received = Pattern.compile("(\\d+) received").matcher(result.output());
        if (!received.find()) {
            throw new AssertionError("ping of %s from %s printed:%n%s".formatted(address, workload, result.output()));
        }
        return Integer.parseInt(received.group(1));
    }

    private static Flow flow(String line) {
        Matcher m = FLOW.matcher(line);
        if (!m.find()) {
            throw new AssertionError("Cannot parse the rule: " + line);
        }
        return new Flow(
                m.group(1),
                Double.parseDouble(m.group(2)),
                Long.parseLong(m.group(3)),
                m.group(4),
                m.group(5) == null ? 0 : Integer.parseInt(m.group(5)),
                m.group(6));
    }

    private String lab(List<String> words, String... more) {
        return Command.run(environment, all(words, more));
    }

    private List<String> all(List<String> words, String... more) {
        return Stream.of(Stream.of(command), words.stream(), Stream.of(more))
                .flatMap(s -> s)
                .toList();
    }

    private static List<String> words(String... words) {
        return List.of(words);
    }
}
