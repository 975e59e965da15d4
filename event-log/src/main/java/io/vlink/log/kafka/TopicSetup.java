package io.vlink.log.kafka;

import io.vlink.events.Topic;
import io.vlink.log.LogConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates missing topics, and refuses topics whose partition count differs from the service's setting. The number of
 * partitions that {@code vlink.dead-letters} has in excess of the others is the generation of internal records that the
 * suite's services write: the count only ever grows, and no service reads the topic. Builds that do not know this start
 * only where all counts are equal.
 */
public final class TopicSetup {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MS = 50;

    private TopicSetup() {}

    /**
     * Waits until every topic exists, and returns the generation in which internal records must be written.
     *
     * @throws IllegalStateException if a topic has another number of partitions, or the suite is finalised for a later
     *     build
     * @throws ExecutionException if Kafka cannot be reached
     */
    public static int ensure(Admin admin, LogConfig config) throws ExecutionException, InterruptedException {
        return ensure(admin, config, Topic.generation());
    }

    /** As above, for a build that reads up to that generation. */
    public static int ensure(Admin admin, LogConfig config, int newest)
            throws ExecutionException, InterruptedException {
        List<Topic> topics = List.of(Topic.values());
        Set<String> existing = admin.listTopics().names().get();
        List<Topic> missing = topics.stream()
                .filter(topic -> !existing.contains(topic.topicName()))
                .toList();
        make(admin, missing, config.partitions(), Optional.empty(), newest);
        List<String> present =
                topics.stream().map(Topic::topicName).filter(existing::contains).toList();
        Map<String, TopicDescription> described =
                admin.describeTopics(present).allTopicNames().get();
        described.forEach((name, description) -> {
            int partitions = description.partitions().size();
            if (partitions != config.partitions() && !name.equals(Topic.DEAD_LETTERS.topicName())) {
                throw new IllegalStateException(
                        "The topic %s has %d partitions; vlink.log.partitions is %d. They must be equal and never change."
                                .formatted(name, partitions, config.partitions()));
            }
        });
        TopicDescription guard = described.get(Topic.DEAD_LETTERS.topicName());
        int partitions = (guard == null ? made(admin) : guard).partitions().size();
        return generation(partitions, config.partitions(), newest);
    }

    /**
     * Returns the generation that the partition count of vlink.dead-letters encodes.
     *
     * @throws IllegalStateException if this build cannot read that generation
     */
    public static int generation(int guard, int partitions, int newest) {
        int generation = guard - partitions;
        if (generation < 0) {
            throw new IllegalStateException(
                    "The topic %s has %d partitions; it must have at least vlink.log.partitions, %d."
                            .formatted(Topic.DEAD_LETTERS, guard, partitions));
        }
        if (generation > newest) {
            throw new IllegalStateException(
                    "The topic %s has %d partitions, %d more than vlink.log.partitions: the suite is finalised for a build that writes generation %d of internal records, but this build reads only up to %d. Upgrade this service to that build, or a later one."
                            .formatted(Topic.DEAD_LETTERS, guard, generation, generation, newest));
        }
        return generation;
    }

    /** Describes the topic just created. The queried broker may learn of it a moment later than the controller. */
    private static TopicDescription made(Admin admin) throws ExecutionException, InterruptedException {
        String name = Topic.DEAD_LETTERS.topicName();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return Objects.requireNonNull(admin.describeTopics(List.of(name))
                                .topicNameValues()
                                .get(name))
                        .get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
        }
    }

    /**
     * Raises the generation permanently. Must only be called if all running services read it, see
     * {@link io.vlink.log.finalising.Finalising}.
     *
     * @param partitions the number of partitions of each other topic
     */
    public static void raise(Admin admin, int partitions, int generation)
            throws ExecutionException, InterruptedException {
        try {
            admin.createPartitions(
                            Map.of(Topic.DEAD_LETTERS.topicName(), NewPartitions.increaseTo(partitions + generation)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof InvalidPartitionsException)) { // another instance was first
                throw e;
            }
        }
    }

    /** Creates one topic if it is missing. */
    public static void ensure(Admin admin, Topic topic, int partitions)
            throws ExecutionException, InterruptedException {
        if (!admin.listTopics().names().get().contains(topic.topicName())) {
            make(admin, List.of(topic), partitions, Optional.empty(), Topic.generation());
        }
    }

    /**
     * Creates topics with the settings of their {@link Topic}; a topic that was created meanwhile is left as it is. If
     * no internal topic existed, no earlier build has run: such a suite begins with this build's generation.
     *
     * @param replicas how many brokers keep each partition; absent: the brokers' default
     * @throws ExecutionException if Kafka cannot be reached, or refuses
     */
    public static void make(Admin admin, Collection<Topic> missing, int partitions, Optional<Short> replicas)
            throws ExecutionException, InterruptedException {
        make(admin, missing, partitions, replicas, Topic.generation());
    }

    private static void make(
            Admin admin, Collection<Topic> missing, int partitions, Optional<Short> replicas, int newest)
            throws ExecutionException, InterruptedException {
        if (missing.isEmpty()) {
            return;
        }
        boolean fresh = Stream.of(Topic.values()).filter(Topic::isInternal).allMatch(missing::contains);
        List<NewTopic> wanted = missing.stream()
                .map(topic -> new NewTopic(
                                topic.topicName(),
                                Optional.of(topic == Topic.DEAD_LETTERS && fresh ? partitions + newest : partitions),
                                replicas)
                        .configs(topic.settings()))
                .toList();
        for (var created : admin.createTopics(wanted).values().entrySet()) {
            try {
                created.getValue().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }
}
