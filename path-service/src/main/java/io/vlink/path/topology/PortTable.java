package io.vlink.path.topology;

import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.switches.Hindrance;
import io.vlink.events.switches.Port;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The ports of all switches, by number and by name. A locator means a port only while exactly one port that is present
 * matches it.
 */
public final class PortTable {

    private final Map<DatapathId, SwitchPorts> switches = new HashMap<>();
    private long changes;

    /**
     * The ports of one switch.
     *
     * @param since the time since which each has been present or in its state, if reported
     */
    private record SwitchPorts(
            Map<PortNumber, Port> byNumber,
            Map<String, SortedSet<PortNumber>> byName,
            Map<PortNumber, Instant> since) {}

    /**
     * Takes in the state of one port.
     *
     * @param at when it was reported
     * @return the locators on that switch that may now mean another port, or one with another MTU, or one that stopped or
     *     started passing frames; empty: nothing changed for them
     */
    public Set<String> put(Port port, Instant at) {
        SwitchPorts ports = switches.computeIfAbsent(
                port.id().datapathId(), id -> new SwitchPorts(new HashMap<>(), new HashMap<>(), new HashMap<>()));
        Port held = ports.byNumber().get(port.id().port());
        if (held != null && held.epoch() > port.epoch()) {
            return Set.of();
        }
        ports.byNumber().put(port.id().port(), port);
        if (held == null || held.present() != port.present() || !passesAs(held, port)) {
            ports.since().put(port.id().port(), at);
        }
        boolean wasPresent = held != null && held.present();
        if (wasPresent == port.present()
                && (held == null
                        || !port.present()
                        || (held.name().equals(port.name())
                                && Objects.equals(held.mtu(), port.mtu())
                                && passesAs(held, port)))) {
            return Set.of();
        }
        return moved(ports, port.id().port(), wasPresent ? held : null, port.present() ? port : null);
    }

    private static boolean passesAs(Port one, Port other) {
        return one.up() == other.up()
                && Objects.equals(one.sending(), other.sending())
                && Objects.equals(one.receiving(), other.receiving());
    }

    /** Removes a port; returns the same as {@link #put}. */
    public Set<String> remove(SwitchPort id) {
        SwitchPorts ports = switches.get(id.datapathId());
        Port held = ports == null ? null : ports.byNumber().remove(id.port());
        if (ports != null) {
            ports.since().remove(id.port());
        }
        return ports == null || held == null || !held.present() ? Set.of() : moved(ports, id.port(), held, null);
    }

    /** Returns the port that a locator means; null: none, or more than one. */
    public @Nullable PortNumber find(DatapathId datapathId, PortLocator locator) {
        SwitchPorts ports = switches.get(datapathId);
        if (ports == null) {
            return null;
        }
        if (locator.isNumber()) {
            PortNumber number = locator.number();
            Port port = ports.byNumber().get(number);
            return port != null && port.present() ? number : null;
        }
        SortedSet<PortNumber> named = ports.byName().get(locator.text());
        return named != null && named.size() == 1 ? named.first() : null;
    }

    /** Returns the largest payload in bytes that the port carries; null: unknown, or there is no such port. */
    public @Nullable Integer mtu(SwitchPort id) {
        Port port = port(id);
        return port == null ? null : port.mtu();
    }

    /** Returns a port as its switch last reported it; null: there is no such port. */
    public @Nullable Port port(SwitchPort id) {
        SwitchPorts ports = switches.get(id.datapathId());
        Port port = ports == null ? null : ports.byNumber().get(id.port());
        return port != null && port.present() ? port : null;
    }

    /** Returns the time since which a port has been present and in its state; null: unknown. */
    public @Nullable Instant since(SwitchPort id) {
        SwitchPorts ports = switches.get(id.datapathId());
        return ports == null ? null : ports.since().get(id.port());
    }

    /** Explains why a port of a node does not pass frames both ways; null: no obstacle is known. */
    public @Nullable Hindrance hindrance(SwitchPort id, String node) {
        Port port = port(id);
        Hindrance sending = port == null ? null : port.cannotSend(node);
        return sending != null || port == null ? sending : port.cannotReceive(node);
    }

    /** Returns whether any port of the switch was ever reported. */
    public boolean knows(DatapathId datapathId) {
        return switches.containsKey(datapathId);
    }

    /** Explains why {@link #find} finds nothing, for people. */
    public String whyUnknown(DatapathId datapathId, PortLocator locator) {
        SwitchPorts ports = switches.get(datapathId);
        if (ports == null) {
            return "no port of switch %s is known yet".formatted(datapathId);
        }
        if (locator.isNumber()) {
            return "switch %s has no port number %s".formatted(datapathId, locator);
        }
        SortedSet<PortNumber> named = ports.byName().get(locator.text());
        return named == null
                ? "switch %s has no port named %s".formatted(datapathId, locator)
                : "switch %s has %d ports named %s: %s".formatted(datapathId, named.size(), locator, named);
    }

    /** Returns every locator that means this port now: its number and, if no other port has it, its name. */
    public List<String> locators(SwitchPort id) {
        String number = id.port().toString();
        SwitchPorts ports = switches.get(id.datapathId());
        Port port = ports == null ? null : ports.byNumber().get(id.port());
        if (ports != null && port != null && port.present()) {
            SortedSet<PortNumber> named = ports.byName().get(port.name());
            if (named != null && named.size() == 1 && !PortLocator.isDigits(port.name())) {
                return List.of(number, port.name());
            }
        }
        return List.of(number);
    }

    /** Counts the changes of a locator's meaning or of its port's state. */
    public long changes() {
        return changes;
    }

    private Set<String> moved(SwitchPorts ports, PortNumber number, @Nullable Port before, @Nullable Port after) {
        changes++;
        Set<String> locators = new HashSet<>();
        locators.add(number.toString());
        if (before != null) {
            SortedSet<PortNumber> named = ports.byName().get(before.name());
            if (named != null && named.remove(number) && named.isEmpty()) {
                ports.byName().remove(before.name());
            }
            locators.add(before.name());
        }
        if (after != null) {
            ports.byName()
                    .computeIfAbsent(after.name(), name -> new TreeSet<>())
                    .add(number);
            locators.add(after.name());
        }
        return locators;
    }
}
