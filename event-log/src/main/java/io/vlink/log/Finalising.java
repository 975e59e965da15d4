package io.vlink.log;

import io.vlink.events.Topic;
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
 * Has a suite's services write internal records as this build has them, once an upgrade is to stay: from then on builds of
 * before refuse to start, and nothing but a copy of Kafka's data leads back. An operator's decision; nobody else calls it.
 */
public final class Finalising {

    /** Longer than Kafka takes one for a member that was killed, and than one that has just joined needs to speak. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);
    /** One of a build before that began just ahead of the change joins within this. */
    private static final Duration JOINING = Duration.ofSeconds(6);

    private Finalising() {}

    /** What came of it. */
    public sealed interface Outcome {

        /** It is written already. */
        record Already(int generation) implements Outcome {}

        /**
         * It is written by each service from when it loads its partitions next, at the latest from its next start on.
         *
         * @param late members that came meanwhile and do not read it; to be stopped at once
         */
        record Raised(int from, int to, List<String> late) implements Outcome {
            public Raised {
                late = List.copyOf(late);
            }
        }

        /**
         * Nothing was changed.
         *
         * @param why one sentence for each reason
         */
        record Refused(List<String> why) implements Outcome {
            public Refused {
                why = List.copyOf(why);
            }
        }
    }

    /**
     * Does it, unless a service that runs does not read the newest generation, or does not say so within 12 s.
     *
     * @param client Kafka client properties, such as {@code bootstrap.servers} and those of TLS; to read {@code vlink.services}, too
     * @throws ExecutionException if Kafka cannot be asked, or refuses
     * @throws KafkaException the same
     */
    public static Outcome finalise(Map<String, Object> client) throws ExecutionException, InterruptedException {
        return finalise(client, PATIENCE);
    }

    /** The same with another patience. */
    static Outcome finalise(Map<String, Object> client, Duration patience)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(client);
                var beats = new KafkaConsumer<String, byte[]>(KafkaProperties.passerBy(client))) {
            return finalise(admin, new Members(admin, beats), patience);
        }
    }

    private static Outcome finalise(Admin admin, Members members, Duration patience)
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
                return new Outcome.Refused(
                        List.of("Not all topics of Vlink are there; a service makes them when it starts."));
            }
            throw e;
        } catch (IllegalStateException e) {
            return new Outcome.Refused(List.of(String.valueOf(e.getMessage())));
        }
        if (from == newest) {
            return new Outcome.Already(newest);
        }
        List<String> behind = members.behind(newest, Duration.ZERO, patience);
        if (!behind.isEmpty()) {
            return new Outcome.Refused(behind);
        }
        TopicSetup.raise(admin, partitions, newest);
        return new Outcome.Raised(from, newest, members.behind(newest, JOINING, JOINING.plus(patience)));
    }

    private static int count(Map<String, TopicDescription> topics, Topic topic) {
        return Objects.requireNonNull(topics.get(topic.topicName()))
                .partitions()
                .size();
    }
}
