package io.vlink.tests.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole suite, started by {@code ./vlink up} with its own ports and lab. All end-to-end tests of one JVM share it,
 * and it is stopped when the JVM ends in any way.
 */
public final class Suite {

    /**
     * Maximum wait for something that must happen: far longer than it takes on a busy machine, so only a fault ends the
     * wait.
     */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String LAB = "vlt";
    static final List<String> PORTS = List.of(
            "VLINK_API_PORT",
            "VLINK_PATH_PORT",
            "VLINK_FLOW_PORT",
            "VLINK_GATEWAY_PORT",
            "VLINK_OPENFLOW_PORT",
            "VLINK_KAFKA_PORT");

    private static final class Holder {
        static final Suite RUNNING = start();
    }

    private static volatile boolean started;

    private final Path root;
    private final Path run;
    private final Map<String, String> environment;
    private final Map<String, Integer> ports;

    private Suite(Path root, Map<String, Integer> ports) {
        this.root = root;
        this.run = root.resolve("tests/target/suite").toAbsolutePath().normalize();
        this.ports = ports;
        this.environment = new HashMap<>();
        ports.forEach((name, port) -> environment.put(name, Integer.toString(port)));
        environment.put("VLINK_LAB", LAB);
        environment.put("VLINK_RUN", run.toString());
        environment.put("VLINK_BUILD", "never");
        environment.put("VLINK_GATEWAY_FOREIGN_EVERY", "1s"); // half a minute is too long for a test to wait
    }

    /** Returns the suite; starts it on first use. */
    public static Suite running() {
        return Holder.RUNNING;
    }

    /** Returns whether the suite was started. */
    static boolean isStarted() {
        return started;
    }

    /** Returns the HTTP address of switch-gateway. */
    URI gateway() {
        return URI.create("http://127.0.0.1:" + port("VLINK_GATEWAY_PORT"));
    }

    public Api api() {
        return new Api(port("VLINK_API_PORT"));
    }

    public int apiPort() {
        return port("VLINK_API_PORT");
    }

    /** Returns the environment that makes {@code ./vlink} and {@code tests/lab/lab} use this suite. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Returns a client for a second instance of network-api at another port. */
    public Api apiAt(int port) {
        return new Api(port);
    }

    public Lab lab() {
        return new Lab(root, LAB);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port("VLINK_KAFKA_PORT");
    }

    public int openflowPort() {
        return port("VLINK_OPENFLOW_PORT");
    }

    public ServiceProcess networkApi() {
        return new ServiceProcess(run, "network-api", port("VLINK_API_PORT"));
    }

    public ServiceProcess pathService() {
        return new ServiceProcess(run, "path-service", port("VLINK_PATH_PORT"));
    }

    public ServiceProcess flowService() {
        return new ServiceProcess(run, "flow-service", port("VLINK_FLOW_PORT"));
    }

    public ServiceProcess switchGateway() {
        return new ServiceProcess(run, "switch-gateway", port("VLINK_GATEWAY_PORT"));
    }

    /** Returns the directory of the processes' logs. */
    public Path logs() {
        return run.resolve("logs");
    }

    public Path root() {
        return root;
    }

    /** Returns different ports that are free now. */
    public static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int port(String name) {
        Integer port = ports.get(name);
        if (port == null) {
            throw new IllegalArgumentException("Unknown port: " + name);
        }
        return port;
    }

    private static Suite start() {
        Path root =
                Path.of(System.getProperty("vlink.root", "..")).toAbsolutePath().normalize();
        List<Integer> free = freePorts(PORTS.size());
        Map<String, Integer> ports = new HashMap<>();
        for (int i = 0; i < PORTS.size(); i++) {
            ports.put(PORTS.get(i), free.get(i));
        }
        Suite suite = new Suite(root, ports);
        // The remains of an earlier, killed run.
        Command.tryRun(Map.of("VLINK_LAB", LAB, "VLINK_RUN", suite.run.toString()), suite.vlink("down"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Command.tryRun(suite.environment, suite.vlink("down"))));
        Command.run(suite.environment, suite.vlink("up"));
        started = true;
        return suite;
    }

    private List<String> vlink(String command) {
        return List.of(root.resolve("vlink").toString(), command);
    }
}
