package io.vlink.log;

import io.vlink.events.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics that are missing, and refuses those whose partition count is not what the service was told. */
final class TopicSetup {

    private static final String WEEK_MS = Long.toString(7L * 24 * 60 * 60 * 1000);

    private TopicSetup() {}

    /**
     * Returns when every topic exists.
     *
     * @throws IllegalStateException if a topic has another number of partitions
     * @throws ExecutionException if Kafka cannot be asked
     */
    static void ensure(Admin admin, LogConfig config) throws ExecutionException, InterruptedException {
        List<Topic> topics = List.of(Topic.values());
        Set<String> existing = admin.listTopics().names().get();
        List<NewTopic> missing = new ArrayList<>();
        for (Topic topic : topics) {
            if (!existing.contains(topic.topicName())) {
                missing.add(new NewTopic(topic.topicName(), Optional.of(config.partitions()), Optional.empty())
                        .configs(settings(topic)));
            }
        }
        if (!missing.isEmpty()) {
            for (var created : admin.createTopics(missing).values().entrySet()) {
                try {
                    created.getValue().get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
        }
        List<String> present =
                topics.stream().map(Topic::topicName).filter(existing::contains).toList();
        Map<String, TopicDescription> described =
                admin.describeTopics(present).allTopicNames().get();
        described.forEach((name, description) -> {
            if (description.partitions().size() != config.partitions()) {
                throw new IllegalStateException(
                        "The topic %s has %d partitions; vlink.log.partitions says %d. They must be equal and never change."
                                .formatted(name, description.partitions().size(), config.partitions()));
            }
        });
    }

    private static Map<String, String> settings(Topic topic) {
        Map<String, String> settings = new HashMap<>();
        switch (topic.retention()) {
            case STATE -> settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
            case LOG -> {
                settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
                settings.put(TopicConfig.RETENTION_MS_CONFIG, WEEK_MS);
            }
        }
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(2 * 1024 * 1024));
        return settings;
    }
}
