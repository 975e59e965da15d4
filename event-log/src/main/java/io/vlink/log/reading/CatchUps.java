package io.vlink.log.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * Actions that wait until all records are processed that the topics held when the action was added. Actions are added
 * from any thread; everything else belongs to the reading thread, which also runs the actions.
 */
final class CatchUps {

    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
    private final List<CatchUp> waiting = new ArrayList<>();

    /** An action that waits until all records are processed that the topics held when it was added. */
    private record CatchUp(Backlog backlog, Runnable action) {}

    /** Runs {@code action} once all records are processed that the topics hold now. Thread-safe. */
    void add(Runnable action) {
        asked.add(action);
    }

    /**
     * Restarts all waiting actions after everything was reset for rereading: they wait for the records that the topics
     * hold at the next check.
     */
    void again() {
        waiting.forEach(one -> asked.add(one.action()));
        waiting.clear();
    }

    /**
     * Runs the actions that are due.
     *
     * @param ends returns the present ends of all topics; called once for each action added since the last check
     * @param position returns the next offset to process of each partition
     */
    void look(Supplier<Map<TopicPartition, Long>> ends, ToLongFunction<TopicPartition> position) {
        for (Runnable action = asked.peek(); action != null; action = asked.peek()) {
            Map<TopicPartition, Long> until = ends.get();
            Backlog backlog = new Backlog();
            backlog.add(until.keySet(), until);
            waiting.add(new CatchUp(backlog, action));
            asked.remove();
        }
        for (CatchUp one : List.copyOf(waiting)) {
            one.backlog().pass(position);
            if (one.backlog().isEmpty()) {
                waiting.remove(one);
                one.action().run();
            }
        }
    }
}
