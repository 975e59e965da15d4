package io.vlink.audit.comparison;

import static io.vlink.audit.differences.Difference.DifferenceType.LEFT_OVER;
import static io.vlink.audit.differences.Difference.DifferenceType.NOT_AS_DECIDED;

import io.vlink.audit.differences.Difference;
import io.vlink.audit.recorded.RecordedState;
import io.vlink.audit.tables.DisplayNames;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.events.paths.Route;
import io.vlink.events.paths.Side;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.text.Quantities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks that best effort has a share, and a meter of that rate, at every port by which it leaves over links, and at no
 * other. A suite that was not finalised for shares has none at all.
 */
final class Shares {

    private final RecordedState recorded;
    private final DisplayNames names;
    private final List<Difference> found = new ArrayList<>();

    private Shares(RecordedState recorded, DisplayNames names) {
        this.recorded = recorded;
        this.names = names;
    }

    static List<Difference> differences(RecordedState recorded, List<HeldCircuit> circuits, DisplayNames names) {
        Shares shares = new Shares(recorded, names);
        recorded.shares().values().forEach(shares::compare);
        shares.compare(circuits);
        return shares.found;
    }

    private void compare(LinkShare share) {
        long left = Math.max(0, share.capacityBits() - share.reservedBits());
        if (share.bestEffortBits() != left) {
            say(
                    share,
                    "Best effort gets %s instead of %s"
                            .formatted(Quantities.rate(share.bestEffortBits()), Quantities.rate(left)));
        }
        Meter must = Rules.meter(share);
        RuleSet set = recorded.rules().get(share.datapathId() + "/" + share.link());
        List<Meter> is = set == null ? List.of() : set.meters();
        if (must != null && !is.equals(List.of(must))) {
            say(
                    share,
                    "The rule set contains %s instead of %s for best effort"
                            .formatted(is.isEmpty() ? "no meter" : Decided.text(is.getFirst()), Decided.text(must)));
        }
    }

    /** Checks each port by which best effort leaves. */
    private void compare(List<HeldCircuit> circuits) {
        Map<String, NetworkId> needed = new HashMap<>();
        for (HeldCircuit held : circuits) {
            for (LinkShare.ShareKey key : senders(held.network().overlay(), held.circuit())) {
                if (needed.putIfAbsent(key.toString(), held.network()) == null) {
                    checkShared(key, held.network());
                }
            }
        }
        // A port keeps its share until its last circuit has left quarantine.
        Set<String> quarantinedKeys = new HashSet<>();
        for (QuarantinedCircuit quarantined : recorded.quarantined().values()) {
            senders(quarantined.overlay(), quarantined.circuit()).forEach(key -> quarantinedKeys.add(key.toString()));
        }
        recorded.shares().forEach((key, share) -> {
            if (!needed.containsKey(key) && !quarantinedKeys.contains(key)) {
                found.add(new Difference(
                        LEFT_OVER,
                        share.datapathId(),
                        share.link(),
                        "A share (vlink.link-shares) exists for a port by which no best effort leaves."));
            }
        });
    }

    /** Returns the ports by which a circuit's best effort leaves over links. */
    private static List<LinkShare.ShareKey> senders(String overlay, Circuit circuit) {
        List<LinkShare.ShareKey> senders = new ArrayList<>();
        for (Route route : circuit.routes()) {
            for (Side side : route.sides()) {
                PortNumber port = side.port();
                if (route.bandwidthBits() == null && side.sending() && port != null) {
                    senders.add(new LinkShare.ShareKey(overlay, side.hop().datapathId(), port));
                }
            }
        }
        return senders;
    }

    private void checkShared(LinkShare.ShareKey key, NetworkId network) {
        boolean any = recorded.shares().values().stream()
                .anyMatch(share -> share.overlay().equals(key.overlay()));
        if (any && !recorded.shares().containsKey(key.toString()) && Rules.linkMeter(key.port()) != null) {
            found.add(new Difference(
                    NOT_AS_DECIDED,
                    key.datapathId(),
                    network,
                    "Best effort leaves by %s but has no share there."
                            .formatted(names.of(key.datapathId(), key.port().value()))));
        }
    }

    private void say(LinkShare share, String what) {
        found.add(new Difference(
                NOT_AS_DECIDED,
                share.datapathId(),
                share.link(),
                "%s, at %s."
                        .formatted(
                                what, names.of(share.datapathId(), share.port().value()))));
    }
}
