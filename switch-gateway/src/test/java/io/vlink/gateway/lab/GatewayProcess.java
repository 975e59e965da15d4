package io.vlink.gateway.lab;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged gateway, in its own process. */
public final class GatewayProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private final Process process;
    private final Path output;
    private final int port;
    private final int http;

    private GatewayProcess(Process process, Path output, int port, int http) {
        this.process = process;
        this.output = output;
        this.port = port;
        this.http = http;
    }

    /** Starts a gateway that listens for switches on a port. Returns when it is ready. */
    public static GatewayProcess start(String bootstrapServers, int port, String... properties) {
        GatewayProcess gateway = launch(bootstrapServers, port, properties);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(gateway::isReady);
        return gateway;
    }

    /** Starts a gateway. Returns at once. */
    public static GatewayProcess launch(String bootstrapServers, int port, String... properties) {
        int http = OpenVSwitch.freePort();
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        words.add("-Dkafka.bootstrap.servers=" + bootstrapServers);
        // As in every deployment: a gateway that replaces a killed one gets its partitions without delay.
        words.add("-Dvlink.log.instance-id=gateway-" + port);
        words.add("-Dvlink.gateway.openflow.listen=127.0.0.1:" + port);
        words.add("-Dquarkus.http.port=" + http);
        words.add("-Dvlink.gateway.counters-every=500ms");
        words.add("-Dvlink.gateway.grace=2s");
        words.add("-Dvlink.gateway.foreign-every=500ms");
        words.addAll(List.of(properties));
        words.addAll(List.of("-jar", JAR.toString()));
        try {
            Path output = Files.createTempFile("gateway", ".log");
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new GatewayProcess(process, output, port, http);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("The gateway exited: " + output());
        }
        // The first status is the overall one.
        return get("/q/health/ready")
                .lines()
                .filter(line -> line.contains("\"status\""))
                .findFirst()
                .filter(line -> line.contains("UP"))
                .isPresent();
    }

    /** Returns the value of a metric in Prometheus' text format; 0: it is not there. */
    public double metric(String name) {
        return get("/q/metrics")
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Returns its output so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int exitCode() {
        return process.onExit().orTimeout(60, TimeUnit.SECONDS).join().exitValue();
    }

    /** Sends a signal, such as {@code STOP}. */
    public void signal(String name) {
        Command.run(Map.of(), List.of("kill", "-" + name, Long.toString(process.pid())));
    }

    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                kill();
            }
            Files.deleteIfExists(output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the body of a GET over HTTP; empty: there was no answer. */
    public String get(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path)));
    }

    /** Posts JSON over HTTP and returns the body; empty: there was no answer. */
    public String post(String path, String json) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static String send(HttpRequest.Builder asked) {
        try {
            HttpClient client = HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
            HttpRequest request = asked.timeout(Duration.ofSeconds(5)).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
