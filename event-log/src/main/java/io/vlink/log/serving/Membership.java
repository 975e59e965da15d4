package io.vlink.log.serving;

import io.vlink.events.Topic;
import io.vlink.log.LogConfig;
import io.vlink.log.OnLoss;
import io.vlink.log.halting.DataIdentity;
import io.vlink.log.halting.SchemaWatch;
import io.vlink.log.reading.AskedTopics;
import io.vlink.log.reading.Backlog;
import io.vlink.log.writing.LastTransaction;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One membership in the service's group: its partition numbers, and how far each was read since it was assigned.
 * Confined to the reader's thread; Kafka calls it within poll.
 */
final class Membership implements ConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(Membership.class);

    private final Consumer<String, byte[]> consumer;
    private final LogConfig config;
    private final AskedTopics topics;
    private final ShardLoop<?> decider;
    private final SchemaWatch schemas;
    private final Runnable rejoin;
    private final Backlog backlog = new Backlog();
    private final Map<Integer, LastTransaction> last = new HashMap<>();
    private final Map<TopicPartition, Long> seen = new HashMap<>();
    private volatile @Nullable String memberId;
    private boolean assigned;
    private boolean looked;

    /**
     * Creates a membership.
     *
     * @param consumer joins the group with this object as its listener
     * @param topics the owned topics
     * @param rejoin called when another membership must follow, before which missing topics are created
     */
    Membership(
            Consumer<String, byte[]> consumer,
            LogConfig config,
            AskedTopics topics,
            ShardLoop<?> decider,
            SchemaWatch schemas,
            Runnable rejoin) {
        this.consumer = consumer;
        this.config = config;
        this.topics = topics;
        this.decider = decider;
        this.schemas = schemas;
        this.rejoin = rejoin;
    }

    /**
     * Reassigns the group's partitions if the first assignment lacks topics. A returning static member gets its
     * previous assignment (KIP-814), even if that was made while topics were missing. As the leader it would treat that
     * as the complete set of topics, and never check again.
     */
    void look() {
        if (!assigned || looked) {
            return;
        }
        looked = true;
        Set<TopicPartition> held = consumer.assignment();
        boolean whole = !held.isEmpty()
                && held.size()
                        == Backlog.numbers(held).size() * config.subscribed().size();
        if (config.instanceId().isPresent() && !whole) {
            LOG.debug("The previous assignment lacks topics; another one is requested.");
            consumer.enforceRebalance("the previous assignment lacks topics");
        }
    }

    /** The member id that Kafka assigned; null while it is in no group. Thread-safe. */
    @Nullable String memberId() {
        return memberId;
    }

    // ---- reading

    /**
     * Follows each record that is read, before it is used for decisions.
     *
     * @throws KafkaException if Kafka's data is not what it was
     */
    void met(Topic topic, ConsumerRecord<String, byte[]> record) {
        if (config.onLoss() == OnLoss.RELOAD && DataIdentity.SUITE.contains(topic)) {
            refuseOlder(record);
        }
        if (config.fenced() && isLoading() && config.outputs().contains(topic)) {
            last.computeIfAbsent(record.partition(), partition -> new LastTransaction())
                    .on(record);
        }
    }

    /**
     * Offsets never go back by themselves: the topic was recreated, or is an older copy, and everything that was taken
     * in is in doubt.
     */
    private void refuseOlder(ConsumerRecord<String, byte[]> record) {
        TopicPartition of = new TopicPartition(record.topic(), record.partition());
        Long before = seen.put(of, record.offset());
        if (before != null && record.offset() <= before) {
            throw new KafkaException("%s went back from offset %d to %d: Kafka's data was replaced or is an older copy."
                    .formatted(of, before, record.offset()));
        }
    }

    /** Whether anything is left to read to its end. */
    boolean isLoading() {
        return !backlog.isEmpty();
    }

    boolean isBehind(TopicPartition partition) {
        return backlog.holds(partition);
    }

    /** Returns the partition numbers that were read to their end since the last call. */
    Set<Integer> readToEnd() {
        return backlog.pass(consumer::position);
    }

    /** Resumes reading of a partition number that was read to its end, for serving it. */
    void serve(int partition) {
        consumer.resume(logsOf(partition));
        if (config.fenced()) {
            // From here on the shard knows what it wrote; reading it again would only cost time.
            consumer.pause(partitionsOf(partition, config.outputs()));
        }
    }

    /** Returns the ends of the state topics of a partition number when it was assigned. */
    Map<Topic, Long> endsOf(int partition) {
        Map<Topic, Long> ends = new HashMap<>();
        backlog.endsOf(partition).forEach((tp, end) -> ends.put(topics.of(tp.topic()), end));
        return ends;
    }

    /** Removes and returns the last transaction in a partition number's outputs; null if none was met. */
    @Nullable LastTransaction lastOf(int partition) {
        return last.remove(partition);
    }

    private List<TopicPartition> logsOf(int partition) {
        return partitionsOf(
                partition,
                config.owned().stream()
                        .filter(topic -> topic.retention() == Topic.Retention.LOG)
                        .toList());
    }

    private static List<TopicPartition> partitionsOf(int partition, List<Topic> topics) {
        return topics.stream()
                .map(topic -> new TopicPartition(topic.topicName(), partition))
                .toList();
    }

    // ---- assignment and revocation; called within poll

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> all) {
        assigned = true;
        memberId = consumer.groupMetadata().memberId();
        List<TopicPartition> given =
                all.stream().filter(tp -> topics.holds(tp.topic())).toList();
        consumer.pause(all.stream().filter(tp -> !given.contains(tp)).toList());
        Set<Integer> numbers = Backlog.numbers(given);
        // Fence first, measure the end afterwards: everything that an earlier owner wrote is below the end.
        decider.assigned(numbers, consumer.groupMetadata().generationId());
        List<TopicPartition> states = given.stream()
                .filter(tp -> topics.of(tp.topic()).retention() == Topic.Retention.STATE)
                .toList();
        numbers.forEach(partition -> consumer.pause(logsOf(partition)));
        consumer.resume(states);
        consumer.seekToBeginning(states);
        given.forEach(seen::remove);
        backlog.add(states, consumer.endOffsets(states));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        backlog.remove(revoked);
        schemas.leave(Set.copyOf(revoked));
        decider.revoked(Backlog.numbers(revoked));
    }

    /** The group no longer knows this member. Kafka's data may be gone, so topics must be created, too. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        memberId = null;
        onPartitionsRevoked(lost);
        if (config.onLoss() != OnLoss.NOTHING) {
            rejoin.run();
        }
    }
}
