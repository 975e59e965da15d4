package io.vlink.networkapi.messaging;

import io.vlink.events.requests.Request;
import io.vlink.networkapi.recorder.Recorder;
import io.vlink.networkapi.usage.Thing;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Requests by REST that are not decided yet. One whose switch is not claimed holds up no other: it waits under its
 * switch until that is released. So a claim that is read costs a look at what waits for it, and at nothing else. Not
 * thread-safe.
 */
final class AskedWrites {

    private final Predicate<Request> isReady;
    private final AwaitedSwitches awaited;
    private final OverlayQueues<PendingWrite> due = new OverlayQueues<>();
    /** Requests that wait for a switch, in order. */
    private final SequencedMap<Thing.OfSwitch, Deque<PendingWrite>> unready = new LinkedHashMap<>();

    /**
     * Makes an empty queue.
     *
     * @param isReady whether a request can be decided; claims its switch if not
     * @param awaited counts the switches of all requests in this queue
     */
    AskedWrites(Predicate<Request> isReady, AwaitedSwitches awaited) {
        this.isReady = isReady;
        this.awaited = awaited;
    }

    void add(PendingWrite one) {
        awaited.add(switchOf(one));
        due.add(one.request().overlay(), one);
    }

    /** Returns whether nothing can be decided now. What waits for a switch does not count. */
    boolean isIdle() {
        return due.isEmpty();
    }

    /** Removes the next request that can be decided, overlays in turn; null: there is none now. */
    @Nullable PendingWrite next() {
        while (!due.isEmpty()) {
            PendingWrite one = due.next();
            Thing.OfSwitch of = switchOf(one);
            if (of == null || one.isOver() || isReady.test(one.request())) {
                awaited.remove(of);
                return one;
            }
            await(of, one);
        }
        return null;
    }

    private void await(Thing.OfSwitch of, PendingWrite one) {
        Deque<PendingWrite> waiting = unready.computeIfAbsent(of, key -> new ArrayDeque<>());
        // A claim may stay away for long. Callers who have their answer meanwhile came before all others.
        while (!waiting.isEmpty() && waiting.getFirst().isOver()) {
            waiting.removeFirst();
            awaited.remove(of);
        }
        waiting.addLast(one);
    }

    /** Makes the requests due that wait for this switch, in their order and before others. */
    void release(Thing.OfSwitch of) {
        Deque<PendingWrite> waiting = unready.remove(of);
        if (waiting != null) {
            putBack(waiting);
        }
    }

    /** Makes all requests due that wait for any switch. */
    void releaseAll() {
        unready.sequencedValues().reversed().forEach(this::putBack);
        unready.clear();
    }

    private void putBack(Deque<PendingWrite> waiting) {
        for (PendingWrite one : waiting.reversed()) {
            due.putBack(one.request().overlay(), one);
        }
    }

    /** Removes all requests. */
    void drainTo(Consumer<PendingWrite> taker) {
        due.drainTo(taker);
        unready.values().forEach(waiting -> waiting.forEach(taker));
        unready.clear();
    }

    private static Thing.@Nullable OfSwitch switchOf(PendingWrite one) {
        return Recorder.claimedFor(one.request());
    }
}
