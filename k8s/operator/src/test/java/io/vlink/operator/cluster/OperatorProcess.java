package io.vlink.operator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged operator in its own process. */
public final class OperatorProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

    private final Process process;
    private final Path log;

    private OperatorProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it and returns at once. It has only the permissions of its service account, as in a cluster. */
    public static OperatorProcess start(Path kubeconfig, String bootstrapServers) {
        return startWith(Map.of(), kubeconfig, bootstrapServers);
    }

    /** Starts it with the permissions of another account. */
    public static OperatorProcess startAs(String account, Path kubeconfig, String bootstrapServers) {
        return start(account, Map.of(), kubeconfig, bootstrapServers);
    }

    /** Starts it with additional settings. */
    public static OperatorProcess startWith(Map<String, String> settings, Path kubeconfig, String bootstrapServers) {
        return start("vlink-operator", settings, kubeconfig, bootstrapServers);
    }

    private static OperatorProcess start(
            String account, Map<String, String> more, Path kubeconfig, String bootstrapServers) {
        Map<String, String> settings = Map.of(
                "kubeconfig", kubeconfig.toString(),
                "kubernetes.impersonate.username", "system:serviceaccount:vlink-system:" + account,
                "kafka.bootstrap.servers", bootstrapServers,
                "quarkus.http.port", "0",
                "vlink.operator.namespace", "vlink-system",
                "vlink.operator.lease-duration", "3S",
                "vlink.operator.answer-deadline", "2S",
                "vlink.webhook.port", "0",
                "vlink.webhook.host", "127.0.0.1",
                "vlink.webhook.names", "127.0.0.1");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        more.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-Dvlink.log.silence=1h"); // the tests play the other services but send no heartbeats
        command.addAll(List.of("-jar", JAR.toString()));
        try {
            Path log = Files.createTempFile("operator", ".log");
            log.toFile().deleteOnExit();
            return new OperatorProcess(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether the process runs. */
    public boolean runs() {
        return process.isAlive();
    }

    /** Returns its log so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** Kills the process, without a clean shutdown. */
    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("Cannot kill the operator.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
