package io.vlink.tests.suite;

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

/** A suite started by {@code ./vlink demo --containers}, beside that of the other tests; {@link #close} removes it. */
public final class ContainerSuite implements AutoCloseable {

    private static final String NAME = "vlc";
    private static final Duration DEADLINE = Duration.ofMinutes(8);

    private final Path root;
    private final Path run;
    private final Map<String, String> environment = new HashMap<>();
    private final Thread end = new Thread(this::down);

    /** Removes the remains of an earlier, killed run; starts nothing. */
    public ContainerSuite() {
        this.root =
                Path.of(System.getProperty("vlink.root", "..")).toAbsolutePath().normalize();
        this.run = root.resolve("tests/target/containers");
        List<Integer> ports = Suite.freePorts(Suite.PORTS.size());
        for (int i = 0; i < ports.size(); i++) {
            environment.put(Suite.PORTS.get(i), Integer.toString(ports.get(i)));
        }
        environment.put("VLINK_LAB", NAME);
        environment.put("VLINK_RUN", run.toString());
        environment.put("VLINK_BUILD", "never");
        environment.put("VLINK_KAFKA_IMAGE", "vlink/kafka");
        environment.put("VLINK_CONTROL_NET", "198.19.244");
        environment.put("VLINK_CABLE_NET", "198.19.245");
        Runtime.getRuntime().addShutdownHook(end);
        down();
    }

    /** Starts the suite with the vlink of the guide and the proof of its paths; returns the output. */
    public String demo() {
        return Command.run(environment, List.of(root.resolve("vlink").toString(), "demo", "--containers"), DEADLINE);
    }

    /** Runs {@code ./vlink audit}. */
    public Command.Result audit() {
        return Command.tryRun(environment, List.of(root.resolve("vlink").toString(), "audit", "--patience", "20"));
    }

    public Api api() {
        return new Api(Integer.parseInt(environment.get("VLINK_API_PORT")));
    }

    /** Runs a program in the container of a workload or switch; it must succeed. */
    public String exec(String where, String... words) {
        return lab("exec", where, words);
    }

    /** Stops the container of a switch and starts it again, with its workloads. */
    public void restartSwitch(String node) {
        lab("switch-stop", node);
        lab("switch-start", node);
    }

    /** Returns the output of docker inspect for each container of the suite. */
    public List<JsonNode> inspectAll() {
        List<String> words = new ArrayList<>(List.of("docker", "inspect"));
        docker("ps", "--quiet", "--filter", "label=com.docker.compose.project=" + NAME)
                .lines()
                .forEach(words::add);
        List<JsonNode> containers = new ArrayList<>();
        try {
            new ObjectMapper().readTree(Command.run(withDocker(), words)).forEach(containers::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return containers;
    }

    /** Removes containers of docker-compose.yml and creates them again with the same volumes. */
    public void replace(String... services) {
        List<String> words = new ArrayList<>(List.of("docker-compose", "--project-name", NAME));
        words.addAll(List.of("up", "--detach", "--force-recreate", "--no-deps"));
        words.addAll(List.of(services));
        Command.run(withDocker(), words, root, DEADLINE);
    }

    /** Returns docker-compose.yml as read by docker-compose, with every variable filled in. */
    public String config() {
        return Command.run(environment, List.of("docker-compose", "config"), root, DEADLINE);
    }

    @Override
    public void close() {
        down();
        Runtime.getRuntime().removeShutdownHook(end);
    }

    private void down() {
        Command.run(environment, List.of(root.resolve("vlink").toString(), "down", "--containers"), DEADLINE);
    }

    private String lab(String command, String where, String... words) {
        List<String> all =
                new ArrayList<>(List.of(root.resolve("containers/lab").toString(), command, where));
        all.addAll(List.of(words));
        return Command.run(environment, all);
    }

    private String docker(String... words) {
        List<String> all = new ArrayList<>(List.of("docker"));
        all.addAll(List.of(words));
        return Command.run(withDocker(), all);
    }

    /** Returns the environment with the Docker that {@code ./vlink} recorded. */
    private Map<String, String> withDocker() {
        Map<String, String> all = new HashMap<>(environment);
        try {
            String host = Files.readString(run.resolve("containers")).strip();
            if (!host.isEmpty()) {
                all.put("DOCKER_HOST", host);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No containers are running", e);
        }
        return all;
    }
}
