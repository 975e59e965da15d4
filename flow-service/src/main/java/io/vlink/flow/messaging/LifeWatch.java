package io.vlink.flow.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.links.Heard;
import io.vlink.flow.status.Switches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The switches that have been silent for too long: no gateway heard from them, and no neighbour received frames that
 * they forwarded. Their last known state no longer counts. Belongs to one thread.
 */
final class LifeWatch {

    /** Time that a switch may be silent before its state is unknown. */
    static final Duration SILENCE = Duration.ofSeconds(10);
    /** Time that reports of neighbours may take to arrive. */
    static final Duration HEARSAY = Duration.ofSeconds(2);

    private final Switches switches;
    private final Map<DatapathId, Instant> heard = new HashMap<>();
    private final Map<DatapathId, Instant> lostSince = new HashMap<>();
    private final Set<DatapathId> asked = new HashSet<>();
    private @Nullable Instant wakeAt;

    LifeWatch(Switches switches) {
        this.switches = switches;
    }

    /** Records that a neighbour heard a switch. */
    void heard(Heard sign) {
        Instant last = heard.get(sign.datapathId());
        if (last == null || last.isBefore(sign.at())) {
            heard.put(sign.datapathId(), sign.at());
            asked.add(sign.datapathId());
        }
    }

    /** Records that a switch may have lost its controller, or found it again. */
    void changed(DatapathId datapathId) {
        asked.add(datapathId);
    }

    /** Records that gateways came or went: all switches that circuits cross have to be checked. */
    void changed(Collection<DatapathId> crossed) {
        asked.addAll(crossed);
    }

    /**
     * Checks the switches that may have changed, and those whose time is up.
     *
     * @return the switches whose state changed
     */
    List<DatapathId> act(Instant now) {
        if (wakeAt != null && !wakeAt.isAfter(now)) {
            asked.addAll(lostSince.keySet());
        }
        if (asked.isEmpty()) {
            return List.of();
        }
        List<DatapathId> changed = new ArrayList<>();
        for (DatapathId datapathId : asked) {
            if (judge(datapathId, now)) {
                changed.add(datapathId);
            }
        }
        asked.clear();
        wakeAt = lostSince.keySet().stream()
                .filter(datapathId -> !switches.isSilent(datapathId))
                .map(this::due)
                .min(Instant::compareTo)
                .orElse(null);
        return changed;
    }

    private boolean judge(DatapathId datapathId, Instant now) {
        if (switches.lostSince(datapathId) == null) {
            lostSince.remove(datapathId);
            heard.remove(datapathId);
            return switches.silent(datapathId, null);
        }
        lostSince.putIfAbsent(datapathId, now);
        return switches.silent(datapathId, now.isBefore(due(datapathId)) ? null : lastSign(datapathId));
    }

    private Instant due(DatapathId datapathId) {
        Instant silent = lastSign(datapathId).plus(SILENCE);
        Instant told = lostSince.getOrDefault(datapathId, Instant.EPOCH).plus(HEARSAY);
        return silent.isBefore(told) ? told : silent;
    }

    private Instant lastSign(DatapathId datapathId) {
        Instant byControl = switches.lostSince(datapathId);
        Instant byNeighbour = heard.get(datapathId);
        Instant control = byControl == null ? Instant.EPOCH : byControl;
        return byNeighbour == null || byNeighbour.isBefore(control) ? control : byNeighbour;
    }

    /** Returns the time at which to act even if nothing was read; absent: no need. */
    @Nullable Instant wakeAt() {
        return wakeAt;
    }
}
