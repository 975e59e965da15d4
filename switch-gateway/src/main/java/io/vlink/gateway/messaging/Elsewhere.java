package io.vlink.gateway.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.services.Sighting;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.openflow.Guest;
import io.vlink.gateway.switches.Rivals;
import io.vlink.gateway.switches.SwitchEvent;
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
 * Switches that other gateways own: from which host each is connected there, and who claims the same here, so that their
 * owners hear of it. From any thread.
 */
final class Elsewhere {

    /** Longer than anybody who was refused waits between two attempts. */
    private static final Duration QUIET = Duration.ofSeconds(40);

    private static final int MOST = 64;

    private final String gateway;
    private final Map<DatapathId, String> hosts = new ConcurrentHashMap<>();
    private final Map<Refused, Last> refused = new ConcurrentHashMap<>();

    /** A host whose connection was refused, as another one with the datapath id is connected here. */
    private record Refused(DatapathId datapathId, String host) {}

    /** The last time that it tried. */
    private record Last(String address, Instant at) {}

    /**
     * Makes one that knows of none.
     *
     * @param gateway the name of this one
     */
    Elsewhere(String gateway) {
        this.gateway = gateway;
    }

    /** What the record of a switch says; null: there is none. */
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

    /** From which host the switch is connected to the gateway that owns it; null: to none but this one. */
    @Nullable String host(DatapathId id) {
        return hosts.get(id);
    }

    /** Somebody who claims a switch of another gateway was refused here. */
    void refused(SwitchEvent.Rivalled event, Instant now) {
        var who = new Refused(event.datapathId(), Rivals.host(event.address()));
        if (refused.containsKey(who) || refused.size() < MOST) {
            refused.put(who, new Last(event.address(), now));
        }
    }

    /**
     * What the owners should hear of.
     *
     * @param guests those that are connected here
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
