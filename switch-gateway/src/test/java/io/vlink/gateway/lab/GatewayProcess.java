package io.vlink.gateway.lab;

import static org.awaitility.Awaitility.await;

import io.vlink.fixtures.FreePort;
import io.vlink.fixtures.PackagedService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The packaged gateway, in its own process. */
public final class GatewayProcess implements AutoCloseable {

    private final PackagedService service;
    private final int port;
    private final int http;

    private GatewayProcess(PackagedService service, int port, int http) {
        this.service = service;
        this.port = port;
        this.http = http;
    }

    /** Starts a gateway that listens for switches on a port. Returns when it is ready. Settings are {@code name=value}. */
    public static GatewayProcess start(String bootstrapServers, int port, String... more) {
        GatewayProcess gateway = launch(bootstrapServers, port, more);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(gateway::isReady);
        return gateway;
    }

    /** Starts a gateway. Returns at once. */
    public static GatewayProcess launch(String bootstrapServers, int port, String... more) {
        int http = FreePort.find();
        List<String> settings = new ArrayList<>(List.of(
                "kafka.bootstrap.servers=" + bootstrapServers,
                // As in every deployment: a gateway that replaces a killed one gets its partitions without delay.
                "vlink.log.instance-id=gateway-" + port,
                "vlink.gateway.openflow.listen=127.0.0.1:" + port,
                "quarkus.http.port=" + http,
                "vlink.gateway.counters-every=500ms",
                "vlink.gateway.grace=2s",
                "vlink.gateway.foreign-every=500ms"));
        settings.addAll(List.of(more));
        return new GatewayProcess(PackagedService.start(256, settings), port, http);
    }

    public int port() {
        return port;
    }

    public boolean isReady() {
        if (!service.runs()) {
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

    /** Returns the value of a metric in Prometheus' text format; 0: there is no such metric. */
    public double metric(String name) {
        return get("/q/metrics")
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Returns its output so far. */
    public String output() {
        return service.log();
    }

    /** Waits until it ends by itself. */
    public int exitCode() {
        return service.exitCode();
    }

    /** Sends a signal, such as {@code STOP}. */
    public void signal(String name) {
        service.signal(name);
    }

    public void kill() {
        service.kill();
    }

    @Override
    public void close() {
        service.stop();
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
