package io.vlink.gateway.switches.ports;

import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.switches.Hindrance;
import io.vlink.events.switches.HindranceReason;
import io.vlink.events.switches.Plug;
import io.vlink.events.switches.Port;
import io.vlink.gateway.switches.boundary.ObservedPort;
import io.vlink.gateway.switches.boundary.PortSizes;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ports of one switch, as last published and as last seen. They do not change while it is disconnected. If OVSDB
 * reports sizes, a new port is published together with its size, and never without it.
 */
public final class SwitchPorts {

    private final DatapathId id;
    private final Map<PortNumber, Port> published = new TreeMap<>();
    private final Map<PortNumber, ObservedPort> seen = new TreeMap<>();
    private final PortLiveness liveness = new PortLiveness();
    private @Nullable PortSizes sizes;

    public SwitchPorts(DatapathId id) {
        this.id = id;
    }

    /** Loads a port from the topic. */
    public void loaded(Port port) {
        published.put(port.id().port(), port);
    }

    public void loadedTombstone(PortNumber number) {
        published.remove(number);
    }

    /** Returns the number of known ports, including removed ones. */
    public int known() {
        return Math.max(published.size(), seen.size());
    }

    public boolean knows(PortNumber number) {
        return published.containsKey(number) || seen.containsKey(number);
    }

    public Collection<Port> published() {
        return published.values();
    }

    /** Replaces the ports of the switch. */
    public void seen(List<ObservedPort> all, Instant now) {
        seen.clear();
        liveness.only(all);
        all.forEach(port -> seen(port, now));
    }

    /** Returns the ports of the switch. */
    public Collection<ObservedPort> seen() {
        return seen.values();
    }

    public void seen(ObservedPort port, Instant now) {
        seen.put(port.number(), port);
        liveness.seen(port, now);
    }

    public void removed(PortNumber number) {
        seen.remove(number);
        liveness.removed(number);
    }

    /** Publishes ports that have not been live for long enough. Returns when to call again; null if not needed. */
    public @Nullable Instant settle(long epoch, SwitchEffects effects, Instant now) {
        liveness.settled(now).forEach(number -> publish(number, epoch, effects));
        return liveness.next();
    }

    /** Holds new ports back until OVSDB answers. */
    public void awaitSizes() {
        sizes = new PortSizes();
    }

    /** Sets what OVSDB reports; null if it is unavailable, and sizes stay as last known. */
    public void sizes(@Nullable PortSizes told) {
        sizes = told;
    }

    /** Publishes every port that differs from its published record, under this mastership. */
    public void publish(long epoch, SwitchEffects effects) {
        for (Port port : List.copyOf(published.values())) {
            remove(port, epoch, effects);
        }
        for (ObservedPort port : seen.values()) {
            publish(port, epoch, effects);
        }
    }

    /** Publishes one port: a switch with thousands of ports reports each of them. */
    public void publish(PortNumber number, long epoch, SwitchEffects effects) {
        Port before = published.get(number);
        if (before != null) {
            remove(before, epoch, effects);
        }
        ObservedPort now = seen.get(number);
        if (now != null) {
            publish(now, epoch, effects);
        }
    }

    private void remove(Port port, long epoch, SwitchEffects effects) {
        ObservedPort now = seen.get(port.id().port());
        if (port.present() && (now == null || isHeld(now))) {
            put(new Port(port.id(), epoch, false, port.name(), port.hardwareAddress(), false, 0, port.mtu()), effects);
        }
    }

    private void publish(ObservedPort port, long epoch, SwitchEffects effects) {
        if (!isHeld(port)) {
            boolean dead = port.up() && liveness.isDead(port.number());
            put(
                    new Port(
                            new SwitchPort(id, port.number()),
                            epoch,
                            true,
                            port.name(),
                            port.hardwareAddress(),
                            port.up() && !dead,
                            port.speedKbps(),
                            mtu(port),
                            plug(port),
                            sending(port, dead),
                            receiving(port, dead)),
                    effects);
        }
    }

    private @Nullable Hindrance sending(ObservedPort port, boolean dead) {
        Hindrance hindrance = PortHindrances.ofSending(port, dead, id);
        return hindrance == null ? blocked(port) : hindrance;
    }

    private @Nullable Hindrance receiving(ObservedPort port, boolean dead) {
        Hindrance hindrance = PortHindrances.ofReceiving(port, dead, id);
        Hindrance other = hindrance == null ? blocked(port) : hindrance;
        return other == null ? reserved(port) : other;
    }

    private @Nullable Hindrance reserved(ObservedPort port) {
        if (sizes != null) {
            return sizes.isReserved(port) ? PortHindrances.ofReserved(port, id) : null;
        }
        Port before = lastKnown(port);
        Hindrance told = before == null ? null : before.receiving();
        return told != null && told.is(HindranceReason.MIRROR_OUTPUT) ? told : null;
    }

    private @Nullable Hindrance blocked(ObservedPort port) {
        if (sizes != null) {
            return PortHindrances.ofBlocked(port, sizes.blocked(port), id);
        }
        Port before = lastKnown(port);
        Hindrance told = before == null ? null : before.sending();
        return told != null && told.is(HindranceReason.STP_BLOCKED) ? told : null;
    }

    private boolean isHeld(ObservedPort port) {
        return sizes != null && !sizes.knows(port) && lastKnown(port) == null;
    }

    private @Nullable Integer mtu(ObservedPort port) {
        if (sizes != null && sizes.knows(port)) {
            return sizes.mtu(port);
        }
        Port before = lastKnown(port);
        return before == null ? null : before.mtu();
    }

    private @Nullable Plug plug(ObservedPort port) {
        if (sizes != null && sizes.knows(port)) {
            return sizes.plug(port);
        }
        Port before = lastKnown(port);
        return before == null ? null : before.plug();
    }

    private @Nullable Port lastKnown(ObservedPort port) {
        Port before = published.get(port.number());
        return before != null && before.present() && before.name().equals(port.name()) ? before : null;
    }

    /** Returns whether BFD or CFM currently hears the switch at the other side of a port. */
    public boolean hears(PortNumber number) {
        ObservedPort port = seen.get(number);
        return port != null && port.live() && sizes != null && sizes.hears(port);
    }

    /** Returns the port that a user refers to, if the switch is known to have it. */
    public Optional<Port> find(PortLocator locator) {
        if (locator.isNumber()) {
            return Optional.ofNullable(published.get(locator.number())).filter(Port::present);
        }
        return published.values().stream()
                .filter(port -> port.present() && port.name().equals(locator.text()))
                .findFirst();
    }

    /** Returns whether no port of the switch is published. */
    public boolean isEmpty() {
        return published.isEmpty();
    }

    private void put(Port port, SwitchEffects effects) {
        if (!port.equals(published.put(port.id().port(), port))) {
            effects.publish(port);
        }
    }
}
