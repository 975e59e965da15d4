package io.vlink.path.path;

import io.vlink.events.NetworkId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to be looked at again: now, because something changed, or when a time has come. */
final class Agenda {

    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparing(Timer::at));
    private final Map<String, Instant> linkTimers = new HashMap<>();
    private Set<NetworkState> touched = new LinkedHashSet<>();

    private record Timer(Instant at, Subject subject) {}

    /** What a timer is about; a name, since what bears it may be another by then. */
    sealed interface Subject {

        record OfNetwork(NetworkId id) implements Subject {}

        record OfLink(String name) implements Subject {}

        record OfCircuit(long number) implements Subject {}
    }

    /** Has a network looked at: its ends, ports, impairments, and what it waits to be rid of. */
    void touch(NetworkState network) {
        touched.add(network);
    }

    /** Has a network looked at and, if it wants a path that it has not, planned again. */
    void retry(NetworkState network) {
        network.retry(true);
        touched.add(network);
    }

    void ringFor(NetworkId network, Instant at) {
        timers.add(new Timer(at, new Subject.OfNetwork(network)));
    }

    /** Rings when a circuit has rested. */
    void ringForCircuit(long number, Instant at) {
        timers.add(new Timer(at, new Subject.OfCircuit(number)));
    }

    void ringFor(String link, Instant at) {
        Instant set = linkTimers.get(link);
        if (set == null || at.isBefore(set)) {
            linkTimers.put(link, at);
            timers.add(new Timer(at, new Subject.OfLink(link)));
        }
    }

    /** What is to be looked at because its time has come. */
    List<Subject> ring(Instant now) {
        List<Subject> due = new ArrayList<>();
        for (Timer next = timers.peek(); next != null && !next.at().isAfter(now); next = timers.peek()) {
            timers.remove();
            due.add(next.subject());
            if (next.subject() instanceof Subject.OfLink(String name)) {
                linkTimers.remove(name, next.at());
            }
        }
        return due;
    }

    /** All that were touched since the last call. */
    Set<NetworkState> take() {
        Set<NetworkState> taken = touched;
        touched = new LinkedHashSet<>();
        return taken;
    }

    boolean isEmpty() {
        return touched.isEmpty();
    }

    /** When to ring next; null: never. */
    @Nullable Instant nextRing() {
        Timer next = timers.peek();
        return next == null ? null : next.at();
    }
}
