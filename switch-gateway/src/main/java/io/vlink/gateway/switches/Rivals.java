package io.vlink.gateway.switches;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Other switches with the datapath id of a switch of ours, that tried to connect not long ago. */
public final class Rivals {

    /** Why the only switch that is connected is not served. */
    static final String IMPOSTOR =
            "Another switch with this datapath id is connected: it comes from another host than the OVSDB that is recorded for the node, and none of its ports has the hardware address that is recorded there. Give it a datapath id of its own, or correct the node's ovsdb.";

    /** Longer than any of them waits between two attempts. */
    private static final Duration QUIET = Duration.ofSeconds(40);

    private static final int NAMED = 8;

    private final Map<String, Seen> byHost = new LinkedHashMap<>();

    /**
     * One of them.
     *
     * @param gateway where it was seen connected, as that does not own the switch; null: it was refused
     */
    private record Seen(String address, @Nullable String gateway, Instant first, Instant last) {}

    /** One tries to connect, or is connected to another gateway; returns whether that is news. */
    boolean seen(String address, @Nullable String gateway, Instant now) {
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

    /** Forgets those that have not tried for a while; returns whether there were any. */
    boolean forget(Instant now) {
        return byHost.values().removeIf(seen -> !seen.last().plus(QUIET).isAfter(now));
    }

    /** When the next may be forgotten, or the other time, whichever is first. */
    @Nullable Instant earlier(@Nullable Instant other) {
        Instant earliest = other;
        for (Seen seen : byHost.values()) {
            Instant due = seen.last().plus(QUIET);
            earliest = earliest == null || due.isBefore(earliest) ? due : earliest;
        }
        return earliest;
    }

    /** What is to be said of each. */
    List<String> messages() {
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
    static boolean isAnother(SwitchEvent.SeenElsewhere seen, String ourAddress, Collection<ObservedPort> ours) {
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
