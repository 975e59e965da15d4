package io.vlink.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * Those who wait until all was taken in that stood in the topics when they asked. They ask from any thread; all else belongs
 * to the thread that reads, on which they are called.
 */
final class CatchUps {

    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
    private final List<CatchUp> waiting = new ArrayList<>();

    /** Somebody who waits until all was taken in that stood in the topics when he asked. */
    private record CatchUp(Backlog backlog, Runnable action) {}

    /** Has {@code action} called once all is taken in that stands in the topics now. From any thread. */
    void add(Runnable action) {
        asked.add(action);
    }

    /** All is read from the beginning: who waits does so for what stands in the topics at the next look. */
    void again() {
        waiting.forEach(one -> asked.add(one.action()));
        waiting.clear();
    }

    /**
     * Calls those for whom the time has come.
     *
     * @param ends asked where all topics end now; once for each who has asked since the last look
     * @param position the next offset to take in of each
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
