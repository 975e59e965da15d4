package io.vlink.path.decision;

import io.vlink.events.NetworkId;
import io.vlink.events.links.Link;
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

/** The networks, links and circuits to look at again: now, because of a change, or at a given time. */
final class Agenda {

    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparing(Timer::at));
    private final Map<String, Instant> linkTimers = new HashMap<>();
    private Set<NetworkState> touched = new LinkedHashSet<>();

    private record Timer(Instant at, Subject subject) {}

    /** The subject of a timer: a name, since the thing with that name may have been replaced when the timer rings. */
    sealed interface Subject {

        record OfNetwork(NetworkId id) implements Subject {}

        record OfLink(String name) implements Subject {}

        record OfCircuit(long number) implements Subject {}
    }

    /** Schedules a network for a check of its endpoints, ports, impairments and pending removals. */
    void touch(NetworkState network) {
        touched.add(network);
    }

    /** Schedules a network for a check and, if it still lacks the path it wants, for another attempt to plan it. */
    void retry(NetworkState network) {
        network.retry(true);
        touched.add(network);
    }

    /** Schedules a network as {@link #retry(NetworkState)} does, for as long as this link may help it. */
    void retry(NetworkState network, Link link) {
        network.retryFor(link);
        touched.add(network);
    }

    void ringFor(NetworkId network, Instant at) {
        timers.add(new Timer(at, new Subject.OfNetwork(network)));
    }

    /** Sets a timer for the end of the quarantine of a circuit's labels. */
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

    /** Removes and returns the subjects whose time has come. */
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

    /** Returns all networks touched since the last call. */
    Set<NetworkState> take() {
        Set<NetworkState> taken = touched;
        touched = new LinkedHashSet<>();
        return taken;
    }

    boolean isEmpty() {
        return touched.isEmpty();
    }

    /** Returns the time of the next timer; null: there is none. */
    @Nullable Instant nextRing() {
        Timer next = timers.peek();
        return next == null ? null : next.at();
    }
}
