package io.vlink.log;

import io.vlink.events.Topic;
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
 * One membership in the service's group: which partition numbers come and go, and how far each was read since it came.
 * Belongs to the reader's thread; Kafka calls it within poll.
 */
final class Membership implements ConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(Membership.class);

    private final Consumer<String, byte[]> consumer;
    private final LogConfig config;
    private final AskedTopics topics;
    private final Decider<?> decider;
    private final SchemaWatch schemas;
    private final Runnable rejoin;
    private final Backlog backlog = new Backlog();
    private final Map<Integer, LastTransaction> last = new HashMap<>();
    private final Map<TopicPartition, Long> seen = new HashMap<>();
    private volatile @Nullable String memberId;
    private boolean assigned;
    private boolean looked;

    /**
     * Makes one.
     *
     * @param consumer joins the group with this as its listener
     * @param topics the owned ones
     * @param rejoin called when another membership is to follow, for which topics are made, too
     */
    Membership(
            Consumer<String, byte[]> consumer,
            LogConfig config,
            AskedTopics topics,
            Decider<?> decider,
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
     * Assigns the group's partitions again where the first assignment lacks topics. A static member that comes back is given what it had
     * (KIP-814), though that was measured while topics were missing; being the leader, it takes that for the measure of what
     * there is now, and would never look again.
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
            LOG.debug("The assignment of before lacks topics; another is asked for.");
            consumer.enforceRebalance("an assignment of before lacks topics");
        }
    }

    /** By Kafka's member id; null: it is in no group now. From any thread. */
    @Nullable String memberId() {
        return memberId;
    }

    // ---- what is read

    /**
     * Follows what is read, before it is decided on.
     *
     * @throws KafkaException if Kafka's data is not what it was
     */
    void met(Topic topic, ConsumerRecord<String, byte[]> record) {
        if (config.onLoss() == OnLoss.RELOAD && Holding.SUITE.contains(topic)) {
            refuseOlder(record);
        }
        if (config.fenced() && isLoading() && config.outputs().contains(topic)) {
            last.computeIfAbsent(record.partition(), partition -> new LastTransaction())
                    .on(record);
        }
    }

    /** A topic never goes back by itself: it was recreated, or is an older copy, and all that was taken in is in doubt. */
    private void refuseOlder(ConsumerRecord<String, byte[]> record) {
        TopicPartition of = new TopicPartition(record.topic(), record.partition());
        Long before = seen.put(of, record.offset());
        if (before != null && record.offset() <= before) {
            throw new KafkaException("%s went back from offset %d to %d: Kafka's data is not what it was."
                    .formatted(of, before, record.offset()));
        }
    }

    /** Whether anything is left to be read to its end. */
    boolean isLoading() {
        return !backlog.isEmpty();
    }

    boolean isBehind(TopicPartition partition) {
        return backlog.holds(partition);
    }

    /** The partition numbers that were read to their end since the last call. */
    Set<Integer> readToEnd() {
        return backlog.pass(consumer::position);
    }

    /** Has a partition number that was read to its end read on from where it is served. */
    void serve(int partition) {
        consumer.resume(logsOf(partition));
        if (config.fenced()) {
            // From here on the shard knows what it wrote; reading it again would only cost time.
            consumer.pause(partitionsOf(partition, config.outputs()));
        }
    }

    /** Where the state topics of a partition number ended when it was assigned. */
    Map<Topic, Long> endsOf(int partition) {
        Map<Topic, Long> ends = new HashMap<>();
        backlog.endsOf(partition).forEach((tp, end) -> ends.put(topics.of(tp.topic()), end));
        return ends;
    }

    /** Hands out what stands last in a partition number's outputs, once; absent where nothing was met of it. */
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

    // ---- what to do when partitions come and go; called within poll

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> all) {
        assigned = true;
        memberId = consumer.groupMetadata().memberId();
        List<TopicPartition> given =
                all.stream().filter(tp -> topics.holds(tp.topic())).toList();
        consumer.pause(all.stream().filter(tp -> !given.contains(tp)).toList());
        Set<Integer> numbers = Backlog.numbers(given);
        // Fence first, measure the end afterwards: what an earlier owner wrote until now is below the end.
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

    /** The group does not know us any more. That may be as Kafka's data is gone: topics are to be made, too. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        memberId = null;
        onPartitionsRevoked(lost);
        if (config.onLoss() != OnLoss.NOTHING) {
            rejoin.run();
        }
    }
}
