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

/** A ping five times a second in a pod, for as long as something is done to what carries it. */
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
     * Numbers of those that were not answered. What is still on its way counts for nothing: on a busy machine an answer
     * takes up to a second. So this waits for one more answer, and looks at those that were sent before it.
     */
    public List<Integer> lost() {
        int before = newest(answered());
        NavigableSet<Integer> answered = await("another answer in " + output)
                .atMost(Duration.ofSeconds(20))
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
