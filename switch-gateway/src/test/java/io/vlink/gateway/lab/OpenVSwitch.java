package io.vlink.gateway.lab;

import io.vlink.events.DatapathId;
import io.vlink.fixtures.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A separate real Open vSwitch: ovsdb-server and ovs-vswitchd with dummy datapaths, which need no kernel and no privileges.
 * Its tunnels work as in any userspace datapath. Closing it removes everything.
 */
public final class OpenVSwitch implements AutoCloseable {

    private final Path directory;
    private final Map<String, String> environment;
    private final int ovsdbPort;

    private OpenVSwitch(Path directory, int ovsdbPort) {
        this.directory = directory;
        this.ovsdbPort = ovsdbPort;
        String dir = directory.toString();
        this.environment = Map.of("OVS_RUNDIR", dir, "OVS_DBDIR", dir, "OVS_LOGDIR", dir, "OVS_SYSCONFDIR", dir);
    }

    public static OpenVSwitch start() {
        try {
            // Short: the path of a Unix socket has at most 107 characters.
            OpenVSwitch ovs = new OpenVSwitch(Files.createTempDirectory("gw-ovs"), FreePort.find());
            ovs.run("ovsdb-tool", "create", ovs.file("conf.db"), "/usr/share/openvswitch/vswitch.ovsschema");
            ovs.startDatabase();
            ovs.vsctl("--no-wait", "init");
            ovs.startSwitch();
            return ovs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startDatabase() {
        run(
                "ovsdb-server",
                file("conf.db"),
                "--remote=punix:" + file("db.sock"),
                "--remote=ptcp:" + ovsdbPort + ":127.0.0.1",
                "--unixctl=" + file("ovsdb.ctl"),
                "--pidfile=" + file("ovsdb-server.pid"),
                "--log-file=" + file("ovsdb.log"),
                "-vconsole:off",
                "--detach");
    }

    private void startSwitch() {
        run(
                "ovs-vswitchd",
                "unix:" + file("db.sock"),
                "--enable-dummy",
                "--disable-system",
                "--unixctl=" + file("vswitchd.ctl"),
                "--pidfile=" + file("ovs-vswitchd.pid"),
                "--log-file=" + file("vswitchd.log"),
                "-vconsole:off",
                "--detach");
    }

    /** Kills the switch process and starts it again: its rules are lost. */
    public void restart() {
        kill("ovs-vswitchd.pid");
        startSwitch();
    }

    /** Kills the database server and starts it again with the same data. */
    public void restartDatabase() {
        stopDatabase();
        startDatabase();
    }

    /** Kills the database server; the switch keeps running. */
    public void stopDatabase() {
        kill("ovsdb-server.pid");
    }

    /** Returns its address for {@code NodeSpec.ovsdb}. */
    public String ovsdb() {
        return "tcp:127.0.0.1:" + ovsdbPort;
    }

    /** Creates a safe bridge with ports {@code <bridge>-p1} …, numbered from 1, and without controller. */
    public DatapathId bridge(String name, int ports, String protocols) {
        DatapathId id = new DatapathId((name.hashCode() & 0xffffffffL) | (1L << 40));
        List<String> words = new ArrayList<>(List.of("add-br", name, "--", "set", "bridge", name));
        words.addAll(List.of(
                "datapath_type=dummy",
                "fail_mode=secure",
                "other-config:disable-in-band=true",
                "other-config:datapath-id=" + id,
                "protocols=" + protocols));
        for (int port = 1; port <= ports; port++) {
            String portName = name + "-p" + port;
            words.addAll(List.of("--", "add-port", name, portName, "--", "set", "interface", portName));
            words.addAll(List.of("ofport_request=" + port, "type=dummy"));
        }
        vsctl(words.toArray(String[]::new));
        return id;
    }

    /** Connects a bridge to the gateway. */
    public void connect(String bridge, int gatewayPort) {
        vsctl("set-controller", bridge, "tcp:127.0.0.1:" + gatewayPort);
        vsctl("set", "controller", bridge, "max_backoff=1000", "inactivity_probe=5000");
    }

    public String vsctl(String... words) {
        List<String> all = new ArrayList<>(List.of("ovs-vsctl", "--db=unix:" + file("db.sock")));
        all.addAll(Arrays.asList(words));
        return run(all.toArray(String[]::new));
    }

    /** Runs ovs-ofctl on a bridge: a command with its arguments. */
    public String ofctl(String command, String bridge, String... words) {
        List<String> all = new ArrayList<>(
                List.of("ovs-ofctl", "-O", "OpenFlow13,OpenFlow14", command, "unix:" + file(bridge + ".mgmt")));
        all.addAll(Arrays.asList(words));
        return run(all.toArray(String[]::new));
    }

    public String appctl(String... words) {
        List<String> all = new ArrayList<>(List.of("ovs-appctl", "-t", file("vswitchd.ctl")));
        all.addAll(Arrays.asList(words));
        return run(all.toArray(String[]::new));
    }

    /** Returns its ports, to inject frames. */
    public DummyPorts ports() {
        return new DummyPorts(directory.resolve("vswitchd.ctl"));
    }

    /** Returns the flows of a bridge, one per line, without statistics and without the gateway's own flows. */
    public List<String> flows(String bridge) {
        return allFlows(bridge).stream()
                .filter(line -> !line.contains("cookie=0x564c2") && !line.contains("cookie=0x564c3"))
                .toList();
    }

    /** Returns the flows that lead frames from table to table. */
    public List<String> leads(String bridge) {
        return allFlows(bridge).stream()
                .filter(line -> line.contains("cookie=0x564c3"))
                .toList();
    }

    /** Returns the markers of a bridge's suite. */
    public List<String> markers(String bridge) {
        return allFlows(bridge).stream()
                .filter(line -> line.contains("cookie=0x564c2"))
                .toList();
    }

    private List<String> allFlows(String bridge) {
        return ofctl("dump-flows", bridge, "--no-stats")
                .lines()
                .map(String::strip)
                .filter(line -> line.contains("actions="))
                .toList();
    }

    /** Returns the meters of a bridge. */
    public String meters(String bridge) {
        return ofctl("dump-meters", bridge).lines().skip(1).reduce("", (a, b) -> a + b + "\n");
    }

    @Override
    public void close() {
        kill("ovs-vswitchd.pid");
        kill("ovsdb-server.pid");
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(OpenVSwitch::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void kill(String pidFile) {
        Path file = directory.resolve(pidFile);
        if (Files.notExists(file)) {
            return;
        }
        try {
            ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).ifPresent(process -> {
                process.destroyForcibly();
                process.onExit().join();
            });
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private String run(String... words) {
        return Command.run(environment, List.of(words));
    }
}
