package io.vlink.log.reading;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of topic-partitions that existed at some moment and are not read yet. Not thread-safe; makes no requests
 * to Kafka.
 */
public final class Backlog {

    private final Set<TopicPartition> behind = new HashSet<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    /**
     * Adds partitions to read.
     *
     * @param until the offset after the last record of each; absent for an empty one
     */
    public void add(Collection<TopicPartition> given, Map<TopicPartition, Long> until) {
        ends.putAll(until);
        behind.addAll(given);
    }

    /** Removes partitions that need not be read any more. */
    public void remove(Collection<TopicPartition> gone) {
        behind.removeAll(gone);
    }

    public boolean isEmpty() {
        return behind.isEmpty();
    }

    public boolean holds(TopicPartition partition) {
        return behind.contains(partition);
    }

    /**
     * Removes partitions that were read meanwhile.
     *
     * @param position returns the next offset to read of each
     * @return the partition numbers that have nothing left now
     */
    public Set<Integer> pass(ToLongFunction<TopicPartition> position) {
        Set<Integer> read = numbers(behind);
        behind.removeIf(tp -> position.applyAsLong(tp) >= ends.getOrDefault(tp, 0L));
        read.removeAll(numbers(behind));
        return read;
    }

    /** Returns the end of each topic of a partition number when it was added. */
    public Map<TopicPartition, Long> endsOf(int partition) {
        Map<TopicPartition, Long> ofPartition = new HashMap<>();
        ends.forEach((tp, end) -> {
            if (tp.partition() == partition) {
                ofPartition.put(tp, end);
            }
        });
        return ofPartition;
    }

    /** Returns the partition numbers of topic-partitions, in ascending order. */
    public static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        Set<Integer> numbers = new TreeSet<>();
        partitions.forEach(tp -> numbers.add(tp.partition()));
        return numbers;
    }
}
