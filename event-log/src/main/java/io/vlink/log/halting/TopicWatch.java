package io.vlink.log.halting;

import io.vlink.events.Topic;
import io.vlink.log.LogConfig;
import io.vlink.log.OnLoss;
import io.vlink.log.kafka.KafkaProperties;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Queries Kafka's contents periodically, because consumers do not learn that a quiet topic was deleted, or all of
 * Kafka's data. Not thread-safe; only {@link #see} blocks.
 */
final class TopicWatch implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(3);

    private final LogConfig config;
    private final Set<Topic> watched;
    private @Nullable Admin admin;
    private @Nullable CompletableFuture<DataIdentity> asked;
    private long next = System.nanoTime();

    TopicWatch(LogConfig config) {
        this.config = config;
        this.watched = config.onLoss() == OnLoss.NOTHING
                ? Set.of()
                : new LinkedHashSet<>(Stream.of(
                                DataIdentity.SUITE,
                                List.of(Topic.SERVICES),
                                config.owned(),
                                config.whole(),
                                config.outputs(),
                                config.watched())
                        .flatMap(Collection::stream)
                        .toList());
    }

    boolean isIdle() {
        return watched.isEmpty();
    }

    /**
     * Queries Kafka, and waits for the answer.
     *
     * @throws KafkaException if Kafka does not answer
     */
    DataIdentity see() {
        asked = null; // an earlier query would return an earlier state
        try {
            return ask().get();
        } catch (ExecutionException e) {
            throw new KafkaException("Kafka does not list its topics: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Asking Kafka for its topics was interrupted.", e);
        }
    }

    /**
     * Returns Kafka's answer since the last call, if there is one; queries periodically. A failed query says nothing
     * about Kafka's data.
     */
    @Nullable DataIdentity glimpse() {
        CompletableFuture<DataIdentity> answer = asked;
        if (isIdle()) {
            return null;
        }
        if (answer == null) {
            if (System.nanoTime() - next >= 0) {
                next = System.nanoTime() + EVERY.toNanos();
                asked = ask();
            }
            return null;
        }
        if (!answer.isDone()) {
            return null;
        }
        asked = null;
        return answer.exceptionally(error -> null).join();
    }

    private CompletableFuture<DataIdentity> ask() {
        Admin asking = admin;
        if (asking == null) {
            asking = Admin.create(KafkaProperties.admin(config));
            admin = asking;
        }
        Admin one = asking;
        return described(one).thenCompose(found -> held(one, found));
    }

    /** Returns the topics that exist. */
    private CompletableFuture<Map<Topic, TopicDescription>> described(Admin asking) {
        Map<String, KafkaFuture<TopicDescription>> answers = asking.describeTopics(
                        watched.stream().map(Topic::topicName).toList())
                .topicNameValues();
        CompletableFuture<Map<Topic, TopicDescription>> all = CompletableFuture.completedFuture(new HashMap<>());
        for (Topic topic : watched) {
            CompletableFuture<Optional<TopicDescription>> answer = Objects.requireNonNull(
                            answers.get(topic.topicName()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .handle(TopicWatch::present);
            all = all.thenCombine(answer, (found, description) -> {
                description.ifPresent(one -> found.put(topic, one));
                return found;
            });
        }
        return all;
    }

    private static Optional<TopicDescription> present(
            @Nullable TopicDescription description, @Nullable Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause == null || cause instanceof UnknownTopicOrPartitionException) {
            return Optional.ofNullable(description);
        }
        throw new CompletionException(cause);
    }

    private static CompletableFuture<DataIdentity> held(Admin asking, Map<Topic, TopicDescription> found) {
        Map<Topic, UUID> ids = new HashMap<>();
        Map<TopicPartition, OffsetSpec> begins = new HashMap<>();
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        found.forEach((topic, description) -> {
            Uuid id = description.topicId();
            ids.put(topic, new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()));
            if (DataIdentity.SUITE.contains(topic)) {
                description.partitions().forEach(partition -> {
                    TopicPartition of = new TopicPartition(topic.topicName(), partition.partition());
                    begins.put(of, OffsetSpec.earliest());
                    ends.put(of, OffsetSpec.latest());
                });
            }
        });
        return offsets(asking, begins)
                .thenCombine(offsets(asking, ends), (first, last) -> new DataIdentity(ids, spans(found, first, last)));
    }

    private static CompletableFuture<Map<TopicPartition, Long>> offsets(
            Admin asking, Map<TopicPartition, OffsetSpec> wanted) {
        return asking.listOffsets(wanted)
                .all()
                .toCompletionStage()
                .toCompletableFuture()
                .thenApply(answers -> {
                    Map<TopicPartition, Long> offsets = new HashMap<>();
                    answers.forEach((partition, answer) -> offsets.put(partition, answer.offset()));
                    return offsets;
                });
    }

    private static Map<Topic, SortedMap<Integer, DataIdentity.OffsetRange>> spans(
            Map<Topic, TopicDescription> found, Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
        Map<Topic, SortedMap<Integer, DataIdentity.OffsetRange>> spans = new HashMap<>();
        for (Topic topic : DataIdentity.SUITE) {
            TopicDescription description = found.get(topic);
            if (description != null) {
                SortedMap<Integer, DataIdentity.OffsetRange> of = new TreeMap<>();
                description.partitions().forEach(partition -> {
                    TopicPartition tp = new TopicPartition(topic.topicName(), partition.partition());
                    of.put(
                            partition.partition(),
                            new DataIdentity.OffsetRange(begins.getOrDefault(tp, 0L), ends.getOrDefault(tp, 0L)));
                });
                spans.put(topic, of);
            }
        }
        return spans;
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
