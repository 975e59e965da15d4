package io.vlink.networkapi.recorder;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.nodes.Claim;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.networkapi.usage.Claims;
import io.vlink.networkapi.usage.Thing;
import io.vlink.networkapi.usage.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The claims of one partition's overlays to switches. A switch is claimed before a node with it is recorded. The claim
 * is given up when no node of the overlay, including withdrawn ones, has the switch, none of its circuits crosses it,
 * and no request for such a node waits.
 */
final class SwitchClaims {

    private final Claims claims;
    private final GenerationLedger<ResourceId, NodeSpec> nodes;
    private final LedgerIndex<ResourceId, NodeSpec, Thing.OfSwitch> nodesBySwitch;
    private final Usage usage;
    private final Predicate<String> ours;
    /** Claims written and not yet read back. */
    private final Set<Thing.OfSwitch> asked = new HashSet<>();
    /** Claims given up, with tombstones not yet read back. */
    private final Set<Thing.OfSwitch> givenUp = new HashSet<>();
    /** Claimed switches that no node has any more, but that circuits cross. */
    private final Set<Thing.OfSwitch> loose = new LinkedHashSet<>();
    /** Switches to review. */
    private final Set<Thing.OfSwitch> review = new LinkedHashSet<>();

    private final List<Thing.OfSwitch> toAsk = new ArrayList<>();
    private boolean known;

    SwitchClaims(
            Claims claims,
            GenerationLedger<ResourceId, NodeSpec> nodes,
            LedgerIndex<ResourceId, NodeSpec, Thing.OfSwitch> nodesBySwitch,
            Usage usage,
            Predicate<String> ours) {
        this.claims = claims;
        this.nodes = nodes;
        this.nodesBySwitch = nodesBySwitch;
        this.usage = usage;
        this.ours = ours;
    }

    /** Returns whether the switch's overlay is known. Claims the switch if it has none. */
    boolean isSettled(Thing.OfSwitch of) {
        if (!known || givenUp.contains(of)) {
            return false;
        }
        if (claims.claims(of.datapathId(), of.overlay()) || claims.isOfAnother(of.datapathId(), of.overlay())) {
            return true;
        }
        ask(of);
        return false;
    }

    boolean isOfAnother(DatapathId datapathId, String overlay) {
        return claims.isOfAnother(datapathId, overlay);
    }

    private void ask(Thing.OfSwitch of) {
        if (asked.add(of)) {
            toAsk.add(of);
        }
    }

    /** Notes that a claim of this partition, or its tombstone, was read. */
    void read(Thing.OfSwitch of) {
        if (claims.claims(of.datapathId(), of.overlay())) {
            asked.remove(of);
        } else {
            givenUp.remove(of);
        }
        review.add(of);
    }

    /** Notes that a node has or had this switch. */
    void touched(String overlay, DatapathId datapathId) {
        review.add(new Thing.OfSwitch(overlay, datapathId));
    }

    /** Notes that circuits changed. */
    void usageChanged() {
        review.addAll(loose);
    }

    /** Notes that all claims and circuits of the log are known, as of when this recorder began. */
    void isKnown() {
        known = true;
        nodes.all().forEach(line -> touched(line.id().overlay(), line.spec().datapathId()));
        claims.all().filter(of -> ours.test(of.overlay())).forEach(review::add);
    }

    /**
     * Returns the claims and tombstones to write now.
     *
     * @param awaited whether requests still wait for a switch; it is reviewed again when none does any more
     */
    List<RecordWrite> settle(Instant now, Predicate<Thing.OfSwitch> awaited) {
        List<RecordWrite> changes = new ArrayList<>();
        if (known) {
            List<Thing.OfSwitch> unused = new ArrayList<>();
            review.forEach(of -> review(of, unused));
            review.clear();
            for (Thing.OfSwitch of : unused) {
                if (!awaited.test(of) && givenUp.add(of)) {
                    changes.add(
                            new RecordWrite(Topic.CLAIMS, of.overlay(), of.datapathId() + "/" + of.overlay(), null));
                }
            }
        }
        for (Thing.OfSwitch of : toAsk) {
            Claim claim = new Claim(of.datapathId(), of.overlay(), now);
            changes.add(new RecordWrite(Topic.CLAIMS, of.overlay(), claim.key(), claim));
        }
        toAsk.clear();
        return changes;
    }

    private void review(Thing.OfSwitch of, List<Thing.OfSwitch> unused) {
        boolean had = nodesBySwitch.has(of);
        boolean claimed = claims.claims(of.datapathId(), of.overlay());
        loose.remove(of);
        if (had) {
            if (!claimed && !givenUp.contains(of)) { // recorded before claims existed, or lost
                ask(of);
            }
        } else if (claimed && !usage.of(of).unused()) {
            loose.add(of);
        } else if (claimed) {
            unused.add(of);
        }
    }
}
