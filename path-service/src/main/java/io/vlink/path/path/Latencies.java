package io.vlink.path.path;

import io.vlink.path.topology.Topology;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Has networks looked at again when the smallest latency of a link has changed, also by the time that passes. */
final class Latencies {

    private final Topology topology;
    private final NetworkIndex index;
    private final Waiting waiting;
    private final Agenda agenda;
    /** Links of which earlier measurements may have been missed. */
    private final Set<String> incomplete = new HashSet<>();

    Latencies(Topology topology, NetworkIndex index, Waiting waiting, Agenda agenda) {
        this.topology = topology;
        this.index = index;
        this.waiting = waiting;
        this.agenda = agenda;
    }

    /**
     * The state of a link was taken in.
     *
     * @param loading whether earlier measurements may have been missed
     */
    void heard(String link, boolean loading) {
        if (loading) {
            incomplete.add(link);
        }
        remind(link);
    }

    /** The smallest latency of a link is another. */
    void changed(String link) {
        waiting.on(link).forEach(agenda::retry);
        index.crossing(link).forEach(agenda::touch);
    }

    /** A smallest latency grows when its measurement leaves the window, and is certain once a window was seen whole. */
    void look(String link, Instant now) {
        boolean grew = topology.forgetLatencies(link, now);
        boolean complete = !topology.latencyCompleteAt(link).isAfter(now) && incomplete.remove(link);
        if (grew || complete) {
            changed(link);
        }
        remind(link);
    }

    private void remind(String link) {
        Instant next = topology.latencyChangesAt(link);
        if (next != null) {
            agenda.ringFor(link, next);
        }
        if (incomplete.contains(link)) {
            agenda.ringFor(link, topology.latencyCompleteAt(link));
        }
    }
}
