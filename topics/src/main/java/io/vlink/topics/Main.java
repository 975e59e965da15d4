package io.vlink.topics;

import io.vlink.events.Topic;
import io.vlink.log.finalising.Finalising;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;

/** The command {@code ./vlink topics}. */
public final class Main {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String... words) throws InterruptedException {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off"); // errors are printed below
        System.exit(written(run(List.of(words), System.out, System.err), System.out, System.err));
    }

    /** Returns the exit code, which is not that of success if the output is lost. */
    static int written(int code, PrintStream out, PrintStream err) {
        if (!out.checkError()) {
            return code;
        }
        err.println("vlink: The output could not be written. Check that the disk is not full.");
        return code == 0 ? FAILED : code;
    }

    static int run(List<String> words, PrintStream out, PrintStream err) throws InterruptedException {
        if (words.contains("--help") || words.contains("-h")) {
            out.println(Arguments.USAGE);
            return 0;
        }
        Arguments arguments;
        try {
            arguments = Arguments.of(words);
        } catch (IllegalArgumentException e) {
            err.println("vlink: " + e.getMessage());
            err.println(Arguments.USAGE);
            return USAGE;
        }
        if (arguments.bootstrapServers().isEmpty()) {
            out.print(TopicTable.wanted(
                    arguments.partitions().orElse(Arguments.DEFAULT_PARTITIONS),
                    arguments.replicas().map(String::valueOf).orElse("default")));
            return 0;
        }
        try (Cluster cluster = new Cluster(arguments.bootstrapServers().orElseThrow(), arguments.clientProperties())) {
            return arguments.finalise() ? finalise(cluster, out, err) : check(arguments, cluster, out, err);
        } catch (ExecutionException e) {
            err.printf(
                    "vlink: Kafka at %s: %s%n",
                    arguments.bootstrapServers().orElseThrow(),
                    String.valueOf(
                            e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
            return FAILED;
        } catch (KafkaException | UncheckedIOException e) {
            err.println("vlink: "
                    + (e.getCause() == null
                            ? e.getMessage()
                            : e.getMessage() + ": " + e.getCause().getMessage()));
            return FAILED;
        }
    }

    private static int finalise(Cluster cluster, PrintStream out, PrintStream err)
            throws ExecutionException, InterruptedException {
        return switch (cluster.finalise()) {
            case Finalising.FinaliseResult.Already(int generation) -> {
                out.printf("internal records are already written in the form of generation %d%n", generation);
                yield 0;
            }
            case Finalising.FinaliseResult.Raised(int from, int to, List<String> late) -> {
                out.printf(
                        "internal records: generation %d instead of %d, from the next start of each service; earlier builds refuse to start%n",
                        to, from);
                late.forEach(one -> err.println("Started meanwhile, must be stopped at once: " + one));
                yield late.isEmpty() ? 0 : FAILED;
            }
            case Finalising.FinaliseResult.FinaliseRefused(List<String> why) -> {
                why.forEach(err::println);
                err.println("Nothing was changed.");
                yield FAILED;
            }
        };
    }

    private static int check(Arguments arguments, Cluster cluster, PrintStream out, PrintStream err)
            throws ExecutionException, InterruptedException {
        Map<Topic, FoundTopic> found = cluster.topics();
        int partitions = Check.partitions(arguments.partitions(), found);
        Map<Topic, Check.Finding> findings = Check.of(found, partitions);
        List<Topic> missing = missing(findings);
        if (arguments.create() && !missing.isEmpty()) {
            cluster.make(missing, partitions, arguments.replicas());
            found = cluster.topics();
            findings = Check.of(found, partitions);
            err.printf(
                    "created %d topics with %d partitions%n",
                    missing.size() - missing(findings).size(), partitions);
        }
        out.print(TopicTable.found(found, findings));
        boolean right = true;
        for (Check.Finding finding : findings.values()) {
            switch (finding) {
                case Check.Finding.Right ok -> {
                    // nothing to report
                }
                case Check.Finding.Missing gone -> right = false;
                case Check.Finding.Wrong wrong -> {
                    right = false;
                    wrong.differences().forEach(err::println);
                }
            }
        }
        if (!missing(findings).isEmpty()) {
            err.println("Missing topics are created by --create, or by the services at their start, if they may.");
        }
        return right ? 0 : FAILED;
    }

    private static List<Topic> missing(Map<Topic, Check.Finding> findings) {
        return findings.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Check.Finding.Missing)
                .map(Map.Entry::getKey)
                .toList();
    }
}
