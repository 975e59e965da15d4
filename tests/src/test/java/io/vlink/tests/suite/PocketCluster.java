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

/** The Kubernetes that {@code ./vlink demo --kubernetes} starts on this machine; closing it removes it. */
public final class PocketCluster implements AutoCloseable {

    /** Where everything of the project runs. */
    public static final String SYSTEM = "vlink-system";

    private static final String NAME = "vkt";
    private static final String BRIDGE = "br-vlink";
    /** On a new machine Kubernetes is built first. */
    private static final Duration DEADLINE = Duration.ofMinutes(20);
    /** All but the process that holds the sandbox, which sleeps for the longest time that there is. */
    private static final String KILL =
            "for p in /proc/[0-9]*; do grep -q 'pod%s' $p/cgroup && ! grep -q 2147483647 $p/cmdline && kill -9 ${p#/proc/}; done 2>/dev/null; true";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static volatile @Nullable PocketCluster up;

    private final Path root;
    private final Path run;
    private final Map<String, String> environment = new HashMap<>();
    private final Thread end = new Thread(this::down);

    /** Removes what an earlier run left behind when it was killed; starts nothing. */
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

    /** All of it, with the guide and the proof of its ways; what was printed. */
    public String demo() {
        String printed = vlink("demo", "--kubernetes");
        up = this;
        return printed;
    }

    /** The one that is up; null: none is. */
    static @Nullable PocketCluster running() {
        return up;
    }

    /**
     * What is not as it should be, a line each; nothing where all is well. Asked in the network of a node, since only nodes
     * and pods reach Kafka and the gateways, and a pod for each time would take longer than the audit.
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
            throw new AssertionError("The audit ended with %d: %s".formatted(result.exitCode(), result.output()));
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

    /** {@code ./vlink audit}, as an operator has it: in a pod. */
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

    /** A file of the project. */
    public Path file(String file) {
        return root.resolve(file);
    }

    public void awaitReady(String namespace, String... things) {
        List<String> words =
                new ArrayList<>(List.of("wait", "-n", namespace, "--for=condition=Ready", "--timeout=90s"));
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

    /** What a namespace's pods said last, before and after their containers were started anew, and how all of Vlink's things stand. */
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
     * Removes namespaces with all that is in them, and returns when nothing of it is in the switches any more. What Kubernetes
     * needs for the namespaces themselves, which it looks at again after some seconds only, is not waited for.
     */
    public void leave(String... namespaces) {
        for (String namespace : namespaces) {
            kubectl("delete", "deployments,pods,l2networks", "--all", "-n", namespace, "--timeout=90s");
        }
        List<String> words = new ArrayList<>(List.of("delete", "namespace", "--wait=false"));
        words.addAll(List.of(namespaces));
        kubectl(words.toArray(String[]::new));
    }

    /** How many lines each pod of the project has logged since its container started, by pod. */
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
                .atMost(Duration.ofSeconds(60))
                .until(() -> ping(namespace, pod, address, 1).exitCode() == 0);
    }

    /** Pings until it is told to stop. */
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

    /** As a power cut. */
    public void nodeDown(String node) {
        Command.run(environment, cluster("node-down", node));
    }

    /** With the disk that it had. */
    public void nodeUp(String node) {
        Command.run(environment, cluster("node-up", node));
    }

    /** Every rule of every switch, but for those of the gateway's own, with the node that it is on, without what counts. */
    public List<String> rules() {
        List<String> rules = new ArrayList<>();
        for (String node : nodes()) {
            in(node, "ovs-ofctl", "-O", "OpenFlow14", "--no-stats", "dump-flows", BRIDGE)
                    .lines()
                    .filter(line -> line.contains("cookie="))
                    .filter(line -> !line.contains("cookie=0x564c2")) // says whose the switch is, and does nothing
                    .filter(line -> !line.contains("cookie=0x564c3")) // leads on to one of those that are told
                    .forEach(line -> rules.add(node + line));
        }
        return rules;
    }

    /** Ports of every bridge, with the node that they are on. */
    public List<String> ports() {
        return nodes().stream()
                .flatMap(node ->
                        in(node, "ovs-vsctl", "list-ports", BRIDGE).lines().map(port -> node + " " + port))
                .toList();
    }

    /** Kills every process of a pod's containers at once, by SIGKILL, from outside. */
    public void killContainers(String namespace, String pod) {
        JsonNode found = get("pod", "-n", namespace, pod);
        int before = restarts(namespace, pod);
        in(
                found.at("/spec/nodeName").asText(),
                "bash",
                "-c",
                KILL.formatted(found.at("/metadata/uid").asText()));
        await("a restart of " + pod).atMost(Duration.ofSeconds(60)).until(() -> restarts(namespace, pod) > before);
    }

    private int restarts(String namespace, String pod) {
        return get("pod", "-n", namespace, pod)
                .at("/status/containerStatuses/0/restartCount")
                .asInt();
    }

    /** Until all that the project runs is ready. */
    public void awaitSystem() {
        await("vlink-system")
                .atMost(Duration.ofMinutes(2))
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
