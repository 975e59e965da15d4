package io.vlink.log.finalising;

import io.vlink.events.Topic;
import io.vlink.log.kafka.KafkaProperties;
import io.vlink.log.kafka.TopicSetup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes an upgrade permanent: a suite's services then write internal records in this build's form. From then on earlier
 * builds refuse to start, and the only way back is a copy of Kafka's data. The decision is the operator's; no other
 * code calls this.
 */
public final class Finalising {

    /** Longer than Kafka keeps a killed member, and longer than a new member needs to report. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);
    /** A member of an earlier build that started just before the change joins within this time. */
    private static final Duration JOINING = Duration.ofSeconds(6);

    private Finalising() {}

    /** The result. */
    public sealed interface FinaliseResult {

        /** The generation is written already. */
        record Already(int generation) implements FinaliseResult {}

        /**
         * Each service writes the new generation when it next loads its partitions, at the latest from its next start.
         *
         * @param late members that joined meanwhile and do not read it; they must be stopped at once
         */
        record Raised(int from, int to, List<String> late) implements FinaliseResult {
            public Raised {
                late = List.copyOf(late);
            }
        }

        /**
         * Nothing was changed.
         *
         * @param why one sentence per reason
         */
        record FinaliseRefused(List<String> why) implements FinaliseResult {
            public FinaliseRefused {
                why = List.copyOf(why);
            }
        }
    }

    /**
     * Finalises the suite, unless a running service does not read the newest generation, or does not report within 12 s
     * that it does.
     *
     * @param client Kafka client properties, such as {@code bootstrap.servers} and those of TLS; also used to read
     *     {@code vlink.services}
     * @throws ExecutionException if Kafka cannot be reached, or refuses
     * @throws KafkaException likewise
     */
    public static FinaliseResult finalise(Map<String, Object> client) throws ExecutionException, InterruptedException {
        return finalise(client, PATIENCE);
    }

    /** Finalises with a different patience. */
    static FinaliseResult finalise(Map<String, Object> client, Duration patience)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(client);
                var beats = new KafkaConsumer<String, byte[]>(KafkaProperties.passerBy(client))) {
            return finalise(admin, new Members(admin, beats), patience);
        }
    }

    private static FinaliseResult finalise(Admin admin, Members members, Duration patience)
            throws ExecutionException, InterruptedException {
        int newest = Topic.generation();
        int partitions;
        int from;
        try {
            Map<String, TopicDescription> topics = admin.describeTopics(
                            List.of(Topic.PATHS.topicName(), Topic.DEAD_LETTERS.topicName()))
                    .allTopicNames()
                    .get();
            partitions = count(topics, Topic.PATHS);
            from = TopicSetup.generation(count(topics, Topic.DEAD_LETTERS), partitions, newest);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return new FinaliseResult.FinaliseRefused(
                        List.of("Some of Vlink's topics do not exist; a service creates them when it starts."));
            }
            throw e;
        } catch (IllegalStateException e) {
            return new FinaliseResult.FinaliseRefused(List.of(String.valueOf(e.getMessage())));
        }
        if (from == newest) {
            return new FinaliseResult.Already(newest);
        }
        List<String> behind = members.behind(newest, Duration.ZERO, patience);
        if (!behind.isEmpty()) {
            return new FinaliseResult.FinaliseRefused(behind);
        }
        TopicSetup.raise(admin, partitions, newest);
        return new FinaliseResult.Raised(from, newest, members.behind(newest, JOINING, JOINING.plus(patience)));
    }

    private static int count(Map<String, TopicDescription> topics, Topic topic) {
        return Objects.requireNonNull(topics.get(topic.topicName()))
                .partitions()
                .size();
    }
}
