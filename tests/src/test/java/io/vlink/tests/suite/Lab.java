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
     * @param inPort the port's name
     * @param label VLAN id matched; 0: none
     */
    public record Flow(String cookie, double durationSeconds, long packets, String inPort, int label, String actions) {}

    /** Plugs a workload into the switch of a node ("a" for node-a); the port bears its name. */
    public void plug(String node, String workload, String... addresses) {
        lab(words("plug", node, workload), addresses);
    }

    public void unplug(String workload) {
        lab(words("unplug", workload));
    }

    /** Lays another cable between two switches; the ports bear these names. */
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

    /** Takes a cable away that {@link #lay} laid. */
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

    /** Stops a switch where it stands: its sockets and ports stay, and nothing moves. */
    public void freeze(String node) {
        signal(node, "STOP");
    }

    /** Lets it go on. */
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

    /** Sends a switch to a controller that is not there, and returns the one that it had; it forwards on. */
    public String cutControl(String node) {
        String controller = vsctl(node, "get", "controller", "br0", "target").strip();
        restoreControl(node, "\"tcp:127.0.0.1:1\"");
        return controller;
    }

    public void restoreControl(String node, String controller) {
        vsctl(node, "set", "controller", "br0", "target=" + controller);
    }

    /** Where services and switches meet. */
    public String managementAddress() {
        return lab(words("address")).strip();
    }

    /** The rules in a switch, but for those of the gateway's own; their counters are exact, since the datapath was asked before. */
    public List<Flow> flows(String node) {
        appctl(node, "revalidator/wait");
        return ofctl(node, "--names", "dump-flows")
                .lines()
                .filter(line -> line.contains("actions="))
                .filter(line -> !line.contains("cookie=0x564c2")) // says whose the switch is, and does nothing
                .filter(line -> !line.contains("cookie=0x564c3")) // leads on to one of those that are told
                .map(Lab::flow)
                .toList();
    }

    /** The rule that says whose a switch is, and up to where it was told. */
    public String marker(String node) {
        return ofctl(node, "--no-stats", "dump-flows", "cookie=0x564c200000000000/0xfffff00000000000")
                .lines()
                .filter(line -> line.contains("actions="))
                .findFirst()
                .orElse("");
    }

    /** The log of a switch's ovs-vswitchd. */
    public String log(String node) {
        try {
            return Files.readString(Path.of("/run/vlink-lab", name, "switches", node, "vswitchd.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The meters of vlinks in a switch, one line each. */
    public List<String> meters(String node) {
        return meters(node, false);
    }

    /** The meters of links in a switch, one line each: they are shared, and outlive the last vlink on the link by seconds. */
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

    /** Packets that the meters of vlinks have dropped at a switch, those of links aside. */
    public long policed(String node) {
        return METER_DROPS
                .matcher(ofctl(node, "meter-stats"))
                .results()
                .filter(meter -> Long.parseLong(meter.group(1)) < FIRST_LINK_METER)
                .mapToLong(meter -> Long.parseLong(meter.group(2)))
                .sum();
    }

    /** Packets that the rules of a switch took in at a port. */
    public long packetsFrom(String node, String port) {
        return flows(node).stream()
                .filter(f -> f.inPort().equals(port))
                .mapToLong(Flow::packets)
                .sum();
    }

    /** The MAC address of a workload's interface. */
    public String mac(String workload) {
        return exec(workload, "cat", "/sys/class/net/eth0/address").strip();
    }

    /** Pings and says how many answers came. */
    public int ping(String workload, String address, int count, double intervalSeconds) {
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
                "1",
                address);
        Matcher received = Pattern.compile("(\\d+) received").matcher(result.output());
        if (!received.find()) {
            throw new AssertionError("ping of %s from %s says:%n%s".formatted(address, workload, result.output()));
        }
        return Integer.parseInt(received.group(1));
    }

    private static Flow flow(String line) {
        Matcher m = FLOW.matcher(line);
        if (!m.find()) {
            throw new AssertionError("A rule that this test cannot read: " + line);
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
