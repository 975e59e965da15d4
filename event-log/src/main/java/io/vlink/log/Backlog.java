package io.vlink.log;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * What stood in topic-partitions when somebody looked, and is not read yet. Not thread-safe; asks Kafka for nothing itself.
 */
final class Backlog {

    private final Set<TopicPartition> behind = new HashSet<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    /**
     * Adds what is to be read.
     *
     * @param until the offset behind the last record of each; where it is missing, there is none
     */
    void add(Collection<TopicPartition> given, Map<TopicPartition, Long> until) {
        ends.putAll(until);
        behind.addAll(given);
    }

    /** Takes out what is to be read no more. */
    void remove(Collection<TopicPartition> gone) {
        behind.removeAll(gone);
    }

    boolean isEmpty() {
        return behind.isEmpty();
    }

    boolean holds(TopicPartition partition) {
        return behind.contains(partition);
    }

    /**
     * Takes out what was read meanwhile.
     *
     * @param position the next offset to read of each
     * @return the partition numbers of which nothing is left since
     */
    Set<Integer> pass(ToLongFunction<TopicPartition> position) {
        Set<Integer> read = numbers(behind);
        behind.removeIf(tp -> position.applyAsLong(tp) >= ends.getOrDefault(tp, 0L));
        read.removeAll(numbers(behind));
        return read;
    }

    /** Where each topic of a partition number ended when it was added. */
    Map<TopicPartition, Long> endsOf(int partition) {
        Map<TopicPartition, Long> ofPartition = new HashMap<>();
        ends.forEach((tp, end) -> {
            if (tp.partition() == partition) {
                ofPartition.put(tp, end);
            }
        });
        return ofPartition;
    }

    /** The partition numbers of topic-partitions, in ascending order. */
    static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        Set<Integer> numbers = new TreeSet<>();
        partitions.forEach(tp -> numbers.add(tp.partition()));
        return numbers;
    }
}
