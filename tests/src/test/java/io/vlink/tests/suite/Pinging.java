package io.vlink.tests.suite;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A ping in a pod, five times per second, during a change of its network. */
public final class Pinging implements AutoCloseable {

    private static final Pattern ANSWER = Pattern.compile("\\bseq=(\\d+) ttl=");

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

    /**
     * Returns the numbers of unanswered pings. Pings in flight do not count: on a busy machine an answer takes up to 1
     * s. So this waits for another answer and checks the pings before it.
     */
    public List<Integer> lost() {
        int before = newest(answered());
        NavigableSet<Integer> answered = await("another answer in " + output)
                .atMost(Duration.ofSeconds(60))
                .until(this::answered, now -> newest(now) > before);
        return IntStream.range(0, newest(answered))
                .filter(number -> !answered.contains(number))
                .boxed()
                .toList();
    }

    private NavigableSet<Integer> answered() {
        try {
            return ANSWER.matcher(Files.readString(output))
                    .results()
                    .map(result -> Integer.valueOf(result.group(1)))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int newest(NavigableSet<Integer> answered) {
        return answered.isEmpty() ? -1 : answered.last();
    }

    @Override
    public void close() {
        cluster.tryKubectl("exec", "-n", namespace, pod, "--", "killall", "ping");
        process.destroyForcibly();
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
