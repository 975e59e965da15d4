package io.vlink.tests.suite;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One process of the suite, which can be killed, paused and restarted unchanged. */
public final class ServiceProcess {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String name;
    private final Path pidFile;
    private final Path log;
    private final int port;

    ServiceProcess(Path run, String name, int port) {
        this.name = name;
        this.pidFile = run.resolve("pids").resolve(name);
        this.log = run.resolve("logs").resolve(name + ".log");
        this.port = port;
    }

    private ServiceProcess(String name, Path pidFile, Path log, int port) {
        this.name = name;
        this.pidFile = pidFile;
        this.log = log;
        this.port = port;
    }

    public long pid() {
        return Long.parseLong(read(pidFile).strip());
    }

    /** Kills the process as in a crash and restarts it; returns when it is ready. */
    public void killAndRestart() {
        kill().run();
    }

    /** Kills and restarts the process; returns at once, as it may not become ready. */
    public void killAndLaunch() {
        Made made = made();
        signal("KILL");
        await(name + " has ended").atMost(Duration.ofSeconds(60)).until(() -> !isRunning());
        launch(made, pidFile, log);
    }

    /** Kills the process. The returned action restarts it and waits until it is ready. */
    public Runnable kill() {
        Made made = made();
        signal("KILL");
        await(name + " has ended").atMost(Duration.ofSeconds(60)).until(() -> !isRunning());
        return () -> {
            launch(made, pidFile, log);
            awaitReady();
        };
    }

    /** Pauses the process, as a long garbage collection would. */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    /** Starts a second instance that shares the work; returns when it is ready. */
    public ServiceProcess second(int otherPort, String... more) {
        Made first = made();
        List<String> words = new ArrayList<>(first.words());
        words.replaceAll(word -> word.startsWith("-Dquarkus.http.port=") ? "-Dquarkus.http.port=" + otherPort : word);
        words.replaceAll(
                word -> word.startsWith("-Dvlink.log.instance-id=") ? "-Dvlink.log.instance-id=" + name + "-2" : word);
        words.removeIf(word -> word.startsWith("-XX:SharedArchiveFile") || word.contains("AutoCreateSharedArchive"));
        words.addAll(1, Arrays.asList(more));
        ServiceProcess second = new ServiceProcess(
                name, pidFile.resolveSibling(name + "-2"), log.resolveSibling(name + "-2.log"), otherPort);
        launch(new Made(words, first.environment()), second.pidFile, second.log);
        second.awaitReady();
        return second;
    }

    /** Stops the process and waits until it has exited. */
    public void stop() {
        signal("CONT");
        signal("TERM");
        await(name + " has ended").atMost(Duration.ofSeconds(60)).until(() -> !isRunning());
    }

    /** Returns the metrics as read by Prometheus. */
    public String metrics() {
        return get("/q/metrics");
    }

    /** Returns the service's health. */
    public String health() {
        return get("/q/health");
    }

    private String get(String path) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                                    .header("Accept", "text/plain")
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while asking " + name, e);
        }
    }

    public String logText() {
        return read(log);
    }

    public void awaitReady() {
        await(name + " is ready").atMost(Duration.ofMinutes(3)).until(this::isReady);
    }

    /** Returns whether the service is ready; false if it does not answer. */
    public boolean isReady() throws InterruptedException {
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(
                                                    URI.create("http://127.0.0.1:%d/q/health/ready".formatted(port)))
                                            .timeout(Duration.ofSeconds(2))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isRunning() {
        return ProcessHandle.of(pid()).map(ProcessHandle::isAlive).orElse(false);
    }

    /** The command and environment (NAME=VALUE) that a process was started with. */
    private record Made(List<String> words, List<String> environment) {}

    private Made made() {
        return new Made(words("cmdline"), words("environ"));
    }

    private List<String> words(String file) {
        return List.of(read(Path.of("/proc", Long.toString(pid()), file)).split("\0", -1)).stream()
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private void signal(String signal) {
        Command.run(Map.of(), List.of("kill", "-" + signal, Long.toString(pid())));
    }

    private static void launch(Made made, Path pidFile, Path log) {
        try {
            List<String> all = new ArrayList<>(List.of("setsid", "env", "--ignore-environment"));
            all.addAll(made.environment());
            all.addAll(made.words());
            Process process = new ProcessBuilder(all)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            Files.writeString(pidFile, process.pid() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
