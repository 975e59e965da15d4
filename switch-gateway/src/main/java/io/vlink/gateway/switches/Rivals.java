package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import io.vlink.events.switches.WarningReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Other switches that tried to connect with the datapath id of one of our switches not long ago; warns of them. */
public final class Rivals {

    /** Why the only switch that is connected is not served. */
    static final String IMPOSTOR =
            "Another switch with this datapath id is connected: it comes from another host than the OVSDB that is recorded for the node, and none of its ports has the hardware address that is recorded there. Give it a datapath id of its own, or correct the node's ovsdb.";

    /** Longer than any of them waits between two attempts. */
    private static final Duration QUIET = Duration.ofSeconds(40);

    private static final int NAMED = 8;

    private final DatapathId id;
    private final BridgeFollowing.Warnings warnings;
    private final Map<String, Seen> byHost = new LinkedHashMap<>();

    /**
     * One of them.
     *
     * @param gateway where it was seen connected, as that does not own the switch; null: it was refused
     */
    private record Seen(String address, @Nullable String gateway, Instant first, Instant last) {}

    Rivals(DatapathId id, BridgeFollowing.Warnings warnings) {
        this.id = id;
        this.warnings = warnings;
    }

    /** One tries to connect. */
    void on(SwitchEvent.Rivalled rivalled, Effects effects, Instant now) {
        if (seen(rivalled.address(), null, now)) {
            warn(effects);
        }
    }

    /**
     * One is connected to another gateway.
     *
     * @param ours our present connection, by whose address and ports it is told from the other; null: there is none
     */
    void on(
            SwitchEvent.SeenElsewhere seen,
            SwitchEvent.@Nullable Connected ours,
            Collection<ObservedPort> ports,
            Effects effects,
            Instant now) {
        boolean other = ours != null && isAnother(seen, ours.address(), ports);
        if (other && seen(seen.address(), seen.gateway(), now)) {
            effects.note(id, "has a double at gateway %s, from %s".formatted(seen.gateway(), seen.address()));
            warn(effects);
        }
    }

    private void warn(Effects effects) {
        warnings.warn(WarningReason.DuplicateDatapathId, messages(), effects);
    }

    /** Returns whether that is news. */
    private boolean seen(String address, @Nullable String gateway, Instant now) {
        String host = host(address);
        Seen before = byHost.get(host);
        if (before == null && byHost.size() >= NAMED) {
            return false;
        }
        byHost.put(
                host,
                before == null
                        ? new Seen(address, gateway, now, now)
                        : new Seen(before.address(), before.gateway(), before.first(), now));
        return before == null;
    }

    /** Forgets those that have not tried for a while; returns when to be called again, null: no need. */
    @Nullable Instant forget(Effects effects, Instant now) {
        if (byHost.values().removeIf(seen -> !seen.last().plus(QUIET).isAfter(now))) {
            warn(effects);
        }
        Instant earliest = null;
        for (Seen seen : byHost.values()) {
            Instant due = seen.last().plus(QUIET);
            earliest = earliest == null || due.isBefore(earliest) ? due : earliest;
        }
        return earliest;
    }

    /** What is to be said of each. */
    private List<String> messages() {
        List<String> messages = new ArrayList<>();
        byHost.forEach((host, seen) -> messages.add(
                seen.gateway() == null
                        ? "Another switch with this datapath id tries to connect from %s (first as %s, since %s) and is refused: give it a datapath id of its own, or, if it is this very switch, one controller for each gateway."
                                .formatted(host, seen.address(), seen.first())
                        : "Another switch with this datapath id is connected to gateway %s from %s (first as %s, since %s), which writes nothing to it: give it a datapath id of its own."
                                .formatted(seen.gateway(), host, seen.address(), seen.first())));
        return messages;
    }

    /** Whether it is another switch than ours, by its ports: one switch may reach two gateways by two addresses. */
    private static boolean isAnother(SwitchEvent.SeenElsewhere seen, String ourAddress, Collection<ObservedPort> ours) {
        return !host(ourAddress).equals(host(seen.address()))
                && !seen.hardwareAddresses().isEmpty()
                && !ours.isEmpty()
                && ours.stream().map(ObservedPort::hardwareAddress).noneMatch(seen.hardwareAddresses()::contains);
    }

    /** Of an address as {@code address:port}. */
    public static String host(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }
}
