package io.vlink.tests.suite;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Kubernetes that {@code ./vlink demo --kubernetes} starts on this machine; {@link #close} removes it. */
public final class PocketCluster implements AutoCloseable {

    /** Namespace of Vlink's own pods. */
    public static final String SYSTEM = "vlink-system";

    private static final String NAME = "vkt";
    private static final String BRIDGE = "br-vlink";
    /** Long, because on a new machine Kubernetes is built first. */
    private static final Duration DEADLINE = Duration.ofMinutes(20);
    /** Maximum wait on a busy machine for steps that normally take a cluster seconds. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Kills all processes of a pod except that of the sandbox, which sleeps for the maximum time. */
    private static final String KILL =
            "for p in /proc/[0-9]*; do grep -q 'pod%s' $p/cgroup && ! grep -q 2147483647 $p/cmdline && kill -9 ${p#/proc/}; done 2>/dev/null; true";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static volatile @Nullable PocketCluster up;

    private final Path root;
    private final Path run;
    private final Map<String, String> environment = new HashMap<>();
    private final Thread end = new Thread(this::down);

    /** Removes the remains of an earlier, killed run; starts nothing. */
    public PocketCluster(String nodes) {
        this.root =
                Path.of(System.getProperty("vlink.root", "..")).toAbsolutePath().normalize();
        this.run = root.resolve("tests/target/kubernetes");
        environment.put("VLINK_CLUSTER", NAME);
        environment.put("VLINK_RUN", run.toString());
        environment.put("VLINK_BUILD", "never");
        environment.put("VLINK_NODES", nodes);
        Runtime.getRuntime().addShutdownHook(end);
        down();
    }

    /** Starts the cluster with the guide and the proof of its paths; returns the output. */
    public String demo() {
        String printed = vlink("demo", "--kubernetes");
        up = this;
        return printed;
    }

    /** Returns the running cluster; null if there is none. */
    static @Nullable PocketCluster running() {
        return up;
    }

    /**
     * Returns the findings of the audit, one per line; empty if all is well. Runs in the network of a node: only nodes
     * and pods reach Kafka and the gateways, and starting a pod would take longer than the audit.
     */
    String audit(Duration patience) {
        List<String> gateways = new ArrayList<>();
        get("services", "-n", SYSTEM, "-l", "app.kubernetes.io/name=switch-gateway")
                .path("items")
                .forEach(gateway -> gateways.add(
                        "http://%s:8083".formatted(gateway.at("/spec/clusterIP").asText())));
        String kafka =
                get("service", "-n", SYSTEM, "broker").at("/spec/clusterIP").asText();
        Command.Result result = Command.tryRun(
                environment,
                List.of(
                        "ip",
                        "netns",
                        "exec",
                        NAME + "-n1",
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-jar",
                        auditJar().toString(),
                        "--bootstrap-servers",
                        kafka + ":9092",
                        "--gateways",
                        String.join(",", gateways),
                        "--patience",
                        Long.toString(patience.toSeconds())));
        if (result.exitCode() > 1) {
            throw new AssertionError("The audit exited with %d: %s".formatted(result.exitCode(), result.output()));
        }
        return result.output();
    }

    private Path auditJar() {
        try (var jars = Files.newDirectoryStream(root.resolve("audit/target"), "audit-*.jar")) {
            return jars.iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs {@code ./vlink audit} as an operator would: in a pod. */
    public Command.Result vlinkAudit(String... options) {
        List<String> words = new ArrayList<>(List.of(root.resolve("vlink").toString(), "audit"));
        words.addAll(List.of(options));
        return Command.tryRun(environment, words);
    }

    public String kubectl(String... words) {
        return Command.run(environment, cluster("kubectl", words));
    }

    public Command.Result tryKubectl(String... words) {
        return Command.tryRun(environment, cluster("kubectl", words));
    }

    public JsonNode get(String... words) {
        List<String> all = new ArrayList<>(List.of("get", "-o", "json"));
        all.addAll(List.of(words));
        try {
            return JSON.readTree(kubectl(all.toArray(String[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void apply(String manifest) {
        try {
            Path file = Files.createTempFile("vlink-manifest", ".yaml");
            try {
                Files.writeString(file, manifest);
                kubectl("apply", "-f", file.toString());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void applyFile(String file) {
        kubectl("apply", "-f", file(file).toString());
    }

    /** Returns a file of the project. */
    public Path file(String file) {
        return root.resolve(file);
    }

    public void awaitReady(String namespace, String... things) {
        List<String> words = new ArrayList<>(List.of("wait", "-n", namespace, "--for=condition=Ready", "--timeout=5m"));
        words.addAll(List.of(things));
        Command.Result result = tryKubectl(words.toArray(String[]::new));
        if (result.exitCode() != 0) {
            throw new AssertionError(result.output() + explain(namespace));
        }
    }

    private String explain(String namespace) {
        return tryKubectl("get", "overlays,l2networks,pods", "-A", "-o", "wide").output()
                + tryKubectl("get", "events", "-n", namespace).output()
                + tryKubectl("get", "l2networks", "-A", "-o", "yaml").output()
                + tryKubectl("logs", "-n", SYSTEM, "flow-service-0", "--tail=60")
                        .output();
    }

    /**
     * Returns the last log lines of a namespace's pods, before and after restarts of their containers, and the state of
     * Vlink's resources.
     */
    public String logs(String namespace) {
        StringBuilder all = new StringBuilder(
                tryKubectl("get", "overlays,l2networks", "-A", "-o", "yaml").output());
        for (JsonNode pod : get("pods", "-n", namespace).path("items")) {
            String name = pod.at("/metadata/name").asText();
            for (String which : List.of("--previous=true", "--previous=false")) {
                all.append("---- %s %s%n".formatted(name, which))
                        .append(tryKubectl("logs", "-n", namespace, name, "--all-containers", "--tail=200", which)
                                .output());
            }
        }
        return all.toString();
    }

    /**
     * Removes namespaces with their content, and returns when none of it is left in the switches. Does not wait for the
     * removal of the namespaces themselves, which Kubernetes checks only every few seconds.
     */
    public void leave(String... namespaces) {
        for (String namespace : namespaces) {
            kubectl("delete", "deployments,pods,l2networks", "--all", "-n", namespace, "--timeout=5m");
        }
        List<String> words = new ArrayList<>(List.of("delete", "namespace", "--wait=false"));
        words.addAll(List.of(namespaces));
        kubectl(words.toArray(String[]::new));
    }

    /** Returns the number of log lines of each pod of Vlink since its container started, by pod. */
    public Map<String, Long> logLines() {
        Map<String, Long> lines = new HashMap<>();
        for (JsonNode pod : get("pods", "-n", SYSTEM).path("items")) {
            String name = pod.at("/metadata/name").asText();
            lines.put(name, kubectl("logs", "-n", SYSTEM, name).lines().count());
        }
        return lines;
    }

    public Command.Result ping(String namespace, String pod, String address, int count) {
        return tryKubectl(
                "exec",
                "-n",
                namespace,
                pod,
                "--",
                "ping",
                "-c",
                Integer.toString(count),
                "-i",
                "0.2",
                "-W",
                "1",
                address);
    }

    public void awaitPing(String namespace, String pod, String address) {
        await("ping from " + pod + " to " + address)
                .atMost(PATIENCE)
                .until(() -> ping(namespace, pod, address, 1).exitCode() == 0);
    }

    /** Starts pings that run until stopped. */
    public Pinging pinging(String namespace, String pod, String address) {
        return new Pinging(this, namespace, pod, address);
    }

    Process start(Path output, String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(cluster("kubectl", words))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    public List<String> nodes() {
        return Command.run(environment, cluster("list"))
                .lines()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    /** Runs a program inside a node; it must succeed. */
    public String in(String node, String... words) {
        List<String> all = new ArrayList<>(List.of(node));
        all.addAll(List.of(words));
        return Command.run(environment, cluster("in", all.toArray(String[]::new)));
    }

    /** Stops a node, as in a power cut. */
    public void nodeDown(String node) {
        Command.run(environment, cluster("node-down", node));
    }

    /** Starts a node again with its disk. */
    public void nodeUp(String node) {
        Command.run(environment, cluster("node-up", node));
    }

    /** Returns every rule of all switches with its node, without counters and without the gateway's own rules. */
    public List<String> rules() {
        List<String> rules = new ArrayList<>();
        for (String node : nodes()) {
            in(node, "ovs-ofctl", "-O", "OpenFlow14", "--no-stats", "dump-flows", BRIDGE)
                    .lines()
                    .filter(line -> line.contains("cookie="))
                    .filter(line -> !line.contains("cookie=0x564c2")) // marks the owner of the switch, and does nothing
                    .filter(line -> !line.contains("cookie=0x564c3")) // leads to one of the returned rules
                    .forEach(line -> rules.add(node + line));
        }
        return rules;
    }

    /** Returns the ports of every bridge, with their node. */
    public List<String> ports() {
        return nodes().stream()
                .flatMap(node ->
                        in(node, "ovs-vsctl", "list-ports", BRIDGE).lines().map(port -> node + " " + port))
                .toList();
    }

    /** Kills all processes of a pod's containers at once, with SIGKILL from outside. */
    public void killContainers(String namespace, String pod) {
        JsonNode found = get("pod", "-n", namespace, pod);
        int before = restarts(namespace, pod);
        in(
                found.at("/spec/nodeName").asText(),
                "bash",
                "-c",
                KILL.formatted(found.at("/metadata/uid").asText()));
        await("a restart of " + pod).atMost(PATIENCE).until(() -> restarts(namespace, pod) > before);
    }

    private int restarts(String namespace, String pod) {
        return get("pod", "-n", namespace, pod)
                .at("/status/containerStatuses/0/restartCount")
                .asInt();
    }

    /** Waits until all pods of Vlink are ready. */
    public void awaitSystem() {
        await("vlink-system")
                .atMost(PATIENCE)
                .until(() -> tryKubectl("wait", "-n", SYSTEM, "--for=condition=Ready", "pods", "--all", "--timeout=5s")
                                .exitCode()
                        == 0);
    }

    @Override
    public void close() {
        down();
        Runtime.getRuntime().removeShutdownHook(end);
    }

    private void down() {
        up = null;
        vlink("down", "--kubernetes");
    }

    private String vlink(String... words) {
        List<String> all = new ArrayList<>(List.of(root.resolve("vlink").toString()));
        all.addAll(List.of(words));
        return Command.run(environment, all, DEADLINE);
    }

    private List<String> cluster(String command, String... words) {
        List<String> all = new ArrayList<>(
                List.of(root.resolve("tests/kube/cluster/cluster").toString(), command));
        all.addAll(List.of(words));
        return all;
    }
}
