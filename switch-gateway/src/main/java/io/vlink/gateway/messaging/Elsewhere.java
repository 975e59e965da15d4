package io.vlink.gateway.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.services.Sighting;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.openflow.connection.Guest;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.control.Rivals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The switches that other gateways own: the host from which each is connected there, and the connections here that claim
 * the same datapath id, for their owners. Thread-safe.
 */
final class Elsewhere {

    /** Longer than the wait between two attempts of a refused switch. */
    private static final Duration QUIET = Duration.ofSeconds(40);

    private static final int MOST = 64;

    private final String gateway;
    private final Map<DatapathId, String> hosts = new ConcurrentHashMap<>();
    private final Map<RefusedHost, Last> refused = new ConcurrentHashMap<>();

    /** A host that was refused because another switch with the datapath id is connected here. */
    private record RefusedHost(DatapathId datapathId, String host) {}

    /** Its last attempt. */
    private record Last(String address, Instant at) {}

    /**
     * Creates an instance without switches.
     *
     * @param gateway the name of this gateway
     */
    Elsewhere(String gateway) {
        this.gateway = gateway;
    }

    /** Applies the record of a switch; null: there is none. */
    void heard(DatapathId id, @Nullable Switch state) {
        if (state == null
                || state.state() == Switch.State.DISCONNECTED
                || state.address() == null
                || state.gateway().equals(gateway)) {
            hosts.remove(id);
        } else {
            hosts.put(id, Rivals.host(Objects.requireNonNull(state.address())));
        }
    }

    /** Returns the host from which the switch is connected to its owner; null: it is connected to no other gateway. */
    @Nullable String host(DatapathId id) {
        return hosts.get(id);
    }

    /** Notes that a connection with the datapath id of another gateway's switch was refused here. */
    void refused(SwitchEvent.Rivalled event, Instant now) {
        var who = new RefusedHost(event.datapathId(), Rivals.host(event.address()));
        if (refused.containsKey(who) || refused.size() < MOST) {
            refused.put(who, new Last(event.address(), now));
        }
    }

    /**
     * Returns the sightings to report to the owners.
     *
     * @param guests the switches that are connected here
     * @param isOurs whether this gateway owns a switch
     */
    List<Sighting> sightings(Collection<Guest> guests, Predicate<DatapathId> isOurs, Instant now) {
        refused.values().removeIf(last -> last.at().plus(QUIET).isBefore(now));
        List<Sighting> seen = new ArrayList<>();
        refused.forEach((who, last) -> {
            if (!isOurs.test(who.datapathId())) {
                seen.add(new Sighting(who.datapathId(), last.address(), true, List.of()));
            }
        });
        guests.stream()
                .filter(guest -> isFromElsewhere(guest) && !isOurs.test(guest.datapathId()))
                .limit(MOST)
                .forEach(guest ->
                        seen.add(new Sighting(guest.datapathId(), guest.address(), false, guest.hardwareAddresses())));
        return seen;
    }

    private boolean isFromElsewhere(Guest guest) {
        String owners = hosts.get(guest.datapathId());
        return owners != null && !owners.equals(Rivals.host(guest.address()));
    }
}
