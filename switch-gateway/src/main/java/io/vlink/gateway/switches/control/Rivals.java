package io.vlink.gateway.switches.control;

import io.vlink.events.DatapathId;
import io.vlink.events.switches.WarningReason;
import io.vlink.gateway.switches.boundary.ObservedPort;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Warns of other switches that recently tried to connect with the datapath id of one switch. */
public final class Rivals {

    /** The reason why the only connected switch is not served. */
    static final String IMPOSTOR =
            "Another switch with this datapath id is connected: its host is not that of the OVSDB recorded for the node, and none of its ports has a hardware address that the OVSDB reports. Give it a datapath id of its own, or correct the node's ovsdb.";

    /** Longer than the pause between any two attempts of one of them. */
    private static final Duration QUIET = Duration.ofSeconds(40);

    private static final int NAMED = 8;

    private final DatapathId id;
    private final BridgeFollowing.Warnings warnings;
    private final Map<String, RivalSighting> byHost = new LinkedHashMap<>();

    /**
     * One such switch.
     *
     * @param gateway the gateway, not the owner, that it is connected to; null if it was refused
     */
    private record RivalSighting(String address, @Nullable String gateway, Instant first, Instant last) {}

    Rivals(DatapathId id, BridgeFollowing.Warnings warnings) {
        this.id = id;
        this.warnings = warnings;
    }

    /** Notes that one tries to connect. */
    void on(SwitchEvent.Rivalled rivalled, SwitchEffects effects, Instant now) {
        if (seen(rivalled.address(), null, now)) {
            warn(effects);
        }
    }

    /**
     * Notes that one is connected to another gateway.
     *
     * @param ours this gateway's present connection, which is compared by address and ports; null if there is none
     */
    void on(
            SwitchEvent.SeenElsewhere seen,
            SwitchEvent.@Nullable Connected ours,
            Collection<ObservedPort> ports,
            SwitchEffects effects,
            Instant now) {
        boolean other = ours != null && isAnother(seen, ours.address(), ports);
        if (other && seen(seen.address(), seen.gateway(), now)) {
            effects.note(id, "has a duplicate at gateway %s, from %s".formatted(seen.gateway(), seen.address()));
            warn(effects);
        }
    }

    private void warn(SwitchEffects effects) {
        warnings.warn(WarningReason.DUPLICATE_DATAPATH_ID, messages(), effects);
    }

    /** Notes a sighting. Returns whether the host is new. */
    private boolean seen(String address, @Nullable String gateway, Instant now) {
        String host = host(address);
        RivalSighting before = byHost.get(host);
        if (before == null && byHost.size() >= NAMED) {
            return false;
        }
        byHost.put(
                host,
                before == null
                        ? new RivalSighting(address, gateway, now, now)
                        : new RivalSighting(before.address(), before.gateway(), before.first(), now));
        return before == null;
    }

    /** Drops those that have not tried for a while. Returns when to call again; null if not needed. */
    @Nullable Instant drop(SwitchEffects effects, Instant now) {
        if (byHost.values().removeIf(seen -> !seen.last().plus(QUIET).isAfter(now))) {
            warn(effects);
        }
        Instant earliest = null;
        for (RivalSighting seen : byHost.values()) {
            Instant due = seen.last().plus(QUIET);
            earliest = earliest == null || due.isBefore(earliest) ? due : earliest;
        }
        return earliest;
    }

    /** Returns the warning about each. */
    private List<String> messages() {
        List<String> messages = new ArrayList<>();
        byHost.forEach((host, seen) -> messages.add(
                seen.gateway() == null
                        ? "Another switch with this datapath id tries to connect from %s (first as %s, since %s) and is refused: give it a datapath id of its own. If it is the same switch, configure one controller for each gateway."
                                .formatted(host, seen.address(), seen.first())
                        : "Another switch with this datapath id is connected to gateway %s from %s (first as %s, since %s). That gateway writes nothing to it: give it a datapath id of its own."
                                .formatted(seen.gateway(), host, seen.address(), seen.first())));
        return messages;
    }

    /**
     * Returns whether its ports show that it is another switch: one switch may reach two gateways from two addresses.
     */
    private static boolean isAnother(SwitchEvent.SeenElsewhere seen, String ourAddress, Collection<ObservedPort> ours) {
        return !host(ourAddress).equals(host(seen.address()))
                && !seen.hardwareAddresses().isEmpty()
                && !ours.isEmpty()
                && ours.stream().map(ObservedPort::hardwareAddress).noneMatch(seen.hardwareAddresses()::contains);
    }

    /** Returns the host of an address as {@code address:port}. */
    public static String host(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }
}
