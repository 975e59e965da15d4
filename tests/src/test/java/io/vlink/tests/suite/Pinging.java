package io.vlink.tests.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A ping five times a second in a pod, for as long as something is done to what carries it. */
public final class Pinging implements AutoCloseable {

    private static final Pattern SUMMARY = Pattern.compile("(\\d+) packets transmitted, (\\d+) (?:packets )?received");

    private final PocketCluster cluster;
    private final String namespace;
    private final String pod;
    private final Path output;
    private final Process process;

    Pinging(PocketCluster cluster, String namespace, String pod, String address) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.pod = pod;
        try {
            this.output = Files.createTempFile("vlink-ping", ".out");
            this.process = cluster.start(output, "exec", "-n", namespace, pod, "--", "ping", "-i", "0.2", address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many were not answered. */
    public int lost() {
        try {
            cluster.kubectl("exec", "-n", namespace, pod, "--", "killall", "-INT", "ping");
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("ping did not end: " + Files.readString(output));
            }
            Matcher summary = SUMMARY.matcher(Files.readString(output));
            if (!summary.find()) {
                throw new AssertionError("ping said: " + Files.readString(output));
            }
            return Integer.parseInt(summary.group(1)) - Integer.parseInt(summary.group(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
