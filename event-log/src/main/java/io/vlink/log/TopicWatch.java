package io.vlink.log;

import io.vlink.events.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Knows which topics the identified ones are ({@link LogConfig#identified}), and notices when they are so no more: that a
 * quiet topic was deleted, or all of Kafka's data, no consumer is told. It never waits but in {@link #ids}.
 */
final class TopicWatch implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(3);

    private final LogConfig config;
    private @Nullable Admin admin;
    private Map<Topic, UUID> known = Map.of();
    private @Nullable KafkaFuture<Map<String, TopicDescription>> asked;
    private long next;

    TopicWatch(LogConfig config) {
        this.config = config;
    }

    /**
     * Asks Kafka, and waits for the answer.
     *
     * @throws KafkaException if it does not say, or says something else than before
     */
    Map<Topic, UUID> ids() {
        if (config.identified().isEmpty()) {
            return Map.of();
        }
        try {
            Map<Topic, UUID> found = read(ask().get());
            compare(found);
            known = found;
            return found;
        } catch (ExecutionException e) {
            throw new KafkaException("Kafka does not say which topics there are: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Asking Kafka for its topics was interrupted.", e);
        }
    }

    /**
     * Asks now and then; to be called often.
     *
     * @throws KafkaException if a topic is not the one that it was
     */
    void look() {
        if (known.isEmpty()) {
            return;
        }
        KafkaFuture<Map<String, TopicDescription>> answer = asked;
        if (answer == null) {
            if (System.nanoTime() - next >= 0) {
                next = System.nanoTime() + EVERY.toNanos();
                asked = ask();
            }
        } else if (answer.isDone()) {
            asked = null;
            try {
                compare(read(answer.get()));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    throw new KafkaException(
                            "A topic of %s is gone: Kafka's data is not what it was.".formatted(known.keySet()));
                } // that Kafka cannot be asked says nothing about its data
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void compare(Map<Topic, UUID> found) {
        if (!known.isEmpty() && !found.equals(known)) {
            throw new KafkaException(
                    "One of the topics %s was made anew: Kafka's data is not what it was.".formatted(known.keySet()));
        }
    }

    private KafkaFuture<Map<String, TopicDescription>> ask() {
        Admin asking = admin;
        if (asking == null) {
            asking = Admin.create(KafkaProperties.admin(config));
            admin = asking;
        }
        return asking.describeTopics(
                        config.identified().stream().map(Topic::topicName).toList())
                .allTopicNames();
    }

    private Map<Topic, UUID> read(Map<String, TopicDescription> described) {
        Map<Topic, UUID> ids = new HashMap<>();
        for (Topic topic : config.identified()) {
            TopicDescription description = described.get(topic.topicName());
            if (description != null) {
                Uuid id = description.topicId();
                ids.put(topic, new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()));
            }
        }
        return ids;
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
