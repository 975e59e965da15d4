package io.vlink.tests.suite;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** Kafka and network-api only, with topics of several partitions: enough to accept and answer requests. */
public final class Intake implements AutoCloseable {

    public static final int PARTITIONS = 8;

    private final Path root =
            Path.of(System.getProperty("vlink.root", "..")).toAbsolutePath().normalize();
    private final Path directory;
    private final List<Process> processes = new ArrayList<>();
    private final int kafkaPort;
    private final int apiPort;

    /** Starts both and waits until they are ready. */
    public Intake() {
        List<Integer> ports = Suite.freePorts(2);
        kafkaPort = ports.get(0);
        apiPort = ports.get(1);
        try {
            directory = Files.createTempDirectory("vlink-intake");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            serve();
        } catch (IOException | ConditionTimeoutException e) {
            close();
            throw new AssertionError("Kafka and network-api do not serve", e);
        }
    }

    private void serve() throws IOException {
        Path brokerLog = start("broker", jar("local-broker/target"), Integer.toString(kafkaPort), directory + "/kafka");
        await("Kafka serves").atMost(Duration.ofSeconds(60)).until(() -> Files.readString(brokerLog)
                .contains("Kafka serves"));
        start(
                "network-api",
                root.resolve("network-api/target/quarkus-app/quarkus-run.jar"),
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + apiPort,
                "-Dkafka.bootstrap.servers=" + bootstrapServers(),
                "-Dvlink.log.partitions=" + PARTITIONS);
        await("network-api is ready").atMost(Duration.ofSeconds(60)).until(this::isReady);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    public Path root() {
        return root;
    }

    public Api api() {
        return new Api(apiPort);
    }

    private Path start(String name, Path jar, String... words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx192m", "-XX:+UseSerialGC"));
        Stream.of(words).filter(word -> word.startsWith("-D")).forEach(command::add);
        command.addAll(List.of("-jar", jar.toString()));
        Arrays.stream(words).filter(word -> !word.startsWith("-D")).forEach(command::add);
        Path log = directory.resolve(name + ".log");
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
        return log;
    }

    private Path jar(String target) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(target))) {
            return files.filter(file -> file.getFileName().toString().matches("local-broker-[0-9].*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no package in " + target));
        }
    }

    private boolean isReady() throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI ready = URI.create("http://127.0.0.1:%d/q/health/ready".formatted(apiPort));
            return http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        for (Process process : processes.reversed()) {
            process.destroy();
            process.onExit().join();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
