package io.vlink.path.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vlink.events.NetworkId;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.events.rules.LinkShare;
import io.vlink.log.Outbox;
import io.vlink.path.allocation.Share;
import io.vlink.path.decision.Decisions;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;

/** Puts decisions into the outbox, counts them and logs them. */
final class DecisionWriter {

    private static final Logger LOG = Logger.getLogger(DecisionWriter.class);

    private final MeterRegistry metrics;
    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
    /** By reason. Reasons are fixed words, so there are few. */
    private final Map<String, Counter> refusals = new HashMap<>();

    DecisionWriter(MeterRegistry metrics) {
        this.metrics = metrics;
        for (Outcome outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("vlink.path.decisions")
                            .description("Decisions written, by outcome")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(metrics));
        }
    }

    void write(String overlay, Decisions decisions, Outbox out, DeferredTombstones tombstones, Instant now) {
        // Shares first: the log must lower the share of best effort before it contains the decision that needs the
        // bandwidth. Readers of both topics may see the two in any order.
        for (Share share : decisions.shares()) {
            LinkShare told = share(overlay, share);
            put(Topic.LINK_SHARES, overlay, told.key(), told, out, tombstones);
        }
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        for (PathDecision decision : decisions.made()) {
            put(Topic.PATHS, overlay, decision.id().toString(), decision, out, tombstones);
            counts.merge(decision.outcome(), 1, Integer::sum);
            if (decision.outcome() == Outcome.REFUSED) {
                decision.violations().forEach(violation -> refused(violation.reason()));
            }
            LOG.debugf(
                    "%s: %s %s (network=%s, generation=%d, step=%d)",
                    decision.outcome(),
                    decision.violations(),
                    decision.impairments(),
                    decision.id(),
                    decision.revision().generation(),
                    decision.revision().step());
        }
        decisions
                .endedQuarantines()
                .forEach(quarantined -> tombstones.add(Topic.RESTING, overlay, quarantined.key(), now));
        for (QuarantinedCircuit quarantined : decisions.begunQuarantines()) {
            put(Topic.RESTING, overlay, quarantined.key(), quarantined, out, tombstones);
        }
        for (SwitchPort port : decisions.unshared()) {
            tombstones.add(Topic.LINK_SHARES, overlay, key(overlay, port), now);
        }
        for (NetworkId id : decisions.removed()) {
            tombstones.add(Topic.PATHS, overlay, id.toString(), now);
            LOG.debugf("The network is removed. (network=%s)", id);
        }
        counts.forEach((outcome, count) -> {
            Counter counter = counters.get(outcome);
            if (counter != null) {
                counter.increment(count);
            }
        });
        if (!decisions.made().isEmpty() || !decisions.removed().isEmpty()) {
            LOG.debugf(
                    "Decided: %d admitted, %d refused, %d withdrawn, %d removed. (overlay=%s)",
                    counts.getOrDefault(Outcome.ADMITTED, 0),
                    counts.getOrDefault(Outcome.REFUSED, 0),
                    counts.getOrDefault(Outcome.WITHDRAWN, 0),
                    decisions.removed().size(),
                    overlay);
        }
    }

    private static LinkShare share(String overlay, Share share) {
        return new LinkShare(
                overlay,
                share.port().datapathId(),
                share.port().port(),
                share.capacityBits(),
                share.reservedBits(),
                share.bestEffortBits());
    }

    private static String key(String overlay, SwitchPort port) {
        return new LinkShare.ShareKey(overlay, port.datapathId(), port.port()).toString();
    }

    /** Writes a record, and cancels a pending tombstone of its key. */
    private static void put(
            Topic topic, String overlay, String key, Object event, Outbox out, DeferredTombstones tombstones) {
        out.put(topic, overlay, key, event);
        tombstones.remove(topic, overlay, key);
    }

    private void refused(String reason) {
        refusals.computeIfAbsent(reason, r -> Counter.builder("vlink.path.refusals")
                        .description("Violations in refusals, by reason")
                        .tag("reason", r)
                        .register(metrics))
                .increment();
    }
}
