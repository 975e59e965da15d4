package io.vlink.log;

import io.vlink.events.Topic;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics that are missing, and refuses those whose partition count is not what the service was told. */
public final class TopicSetup {

    private TopicSetup() {}

    /**
     * Returns when every topic exists.
     *
     * @throws IllegalStateException if a topic has another number of partitions
     * @throws ExecutionException if Kafka cannot be asked
     */
    static void ensure(Admin admin, LogConfig config) throws ExecutionException, InterruptedException {
        ensure(admin, config, Topic.generation());
    }

    static void ensure(Admin admin, LogConfig config, int generation) throws ExecutionException, InterruptedException {
        List<Topic> topics = List.of(Topic.values());
        Set<String> existing = admin.listTopics().names().get();
        make(
                admin,
                topics.stream()
                        .filter(topic -> !existing.contains(topic.topicName()))
                        .toList(),
                config.partitions(),
                Optional.empty());
        List<String> present =
                topics.stream().map(Topic::topicName).filter(existing::contains).toList();
        Map<String, TopicDescription> described =
                admin.describeTopics(present).allTopicNames().get();
        described.forEach((name, description) -> {
            if (!isRight(name, description.partitions().size(), config.partitions())) {
                throw new IllegalStateException(
                        "The topic %s has %d partitions; vlink.log.partitions says %d. They must be equal and never change."
                                .formatted(name, description.partitions().size(), config.partitions()));
            }
        });
        TopicDescription guard = described.get(Topic.DEAD_LETTERS.topicName());
        if (generation > 0 && (guard == null || guard.partitions().size() == config.partitions())) {
            keepOff(admin, config.partitions());
        }
    }

    /** No service reads vlink.dead-letters, and who writes there names the partition: how many stand beside is no matter. */
    private static boolean isRight(String topic, int partitions, int wanted) {
        return partitions == wanted || (topic.equals(Topic.DEAD_LETTERS.topicName()) && partitions > wanted);
    }

    /**
     * Keeps those off that know no schema numbers, and would take what they cannot read for nothing: a build of before the first
     * raised number starts only where all topics, also vlink.dead-letters, have one count of partitions.
     */
    private static void keepOff(Admin admin, int partitions) throws ExecutionException, InterruptedException {
        try {
            admin.createPartitions(Map.of(Topic.DEAD_LETTERS.topicName(), NewPartitions.increaseTo(partitions + 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof InvalidPartitionsException)) { // somebody else was first
                throw e;
            }
        }
    }

    /** Makes one topic where it is missing. */
    static void ensure(Admin admin, Topic topic, int partitions) throws ExecutionException, InterruptedException {
        if (!admin.listTopics().names().get().contains(topic.topicName())) {
            make(admin, List.of(topic), partitions, Optional.empty());
        }
    }

    /**
     * Makes topics as their {@link Topic} says; one that has come to exist meanwhile is left as it is.
     *
     * @param replicas how many brokers keep each partition; absent: as many as the brokers' default says
     * @throws ExecutionException if Kafka cannot be asked, or refuses
     */
    public static void make(Admin admin, Collection<Topic> missing, int partitions, Optional<Short> replicas)
            throws ExecutionException, InterruptedException {
        if (missing.isEmpty()) {
            return;
        }
        List<NewTopic> wanted = missing.stream()
                .map(topic ->
                        new NewTopic(topic.topicName(), Optional.of(partitions), replicas).configs(topic.settings()))
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
