package io.vlink.path.decision;

import io.vlink.events.links.Link;
import io.vlink.path.topology.Topology;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Schedules networks for a check when the smallest latency of a link has changed, even if only by the passing of time.
 */
final class Latencies {

    private final Topology topology;
    private final NetworkIndex index;
    private final WaitingNetworks waiting;
    private final Agenda agenda;
    /** Links whose earlier measurements may have been missed. */
    private final Set<String> incomplete = new HashSet<>();

    Latencies(Topology topology, NetworkIndex index, WaitingNetworks waiting, Agenda agenda) {
        this.topology = topology;
        this.index = index;
        this.waiting = waiting;
        this.agenda = agenda;
    }

    /**
     * Notes that the state of a link was received.
     *
     * @param loading whether earlier measurements may have been missed
     */
    void heard(String link, boolean loading) {
        if (loading) {
            incomplete.add(link);
        }
        remind(link);
    }

    /** Notes that the smallest latency of a link has changed. */
    void changed(String link) {
        Link changed = topology.link(link);
        if (changed != null) {
            waiting.helps(changed);
        }
        index.crossing(link).forEach(agenda::touch);
    }

    /** Checks the window of a link: its smallest latency grows when that measurement expires, and is certain after one full window. */
    void look(String link, Instant now) {
        boolean grew = topology.dropLatencies(link, now);
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
