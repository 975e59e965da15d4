package io.vlink.gateway.switches.boundary;

import io.vlink.events.switches.Plug;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The frame sizes and plugs of ports as OVSDB reports them (Open vSwitch 3.1, ovs-vswitchd.conf.db(5), {@code mtu} of
 * Interface, {@code external_ids} of Port). Interface names are unique within one Open vSwitch.
 */
public final class PortSizes {

    /** OpenFlow 1.3, §7.2.1: a port's name has 16 bytes, the last of which is 0. */
    private static final int OPENFLOW_NAME = 15;

    private static final int NONE = 0;

    private final Map<String, Integer> byName = new HashMap<>();
    private final Map<String, Plug> plugs = new HashMap<>();
    private final Map<String, String> blocked = new HashMap<>();
    private final Set<String> hearing = new HashSet<>();
    private final Set<String> reserved = new HashSet<>();

    /**
     * Adds an interface that the switch has as a port.
     *
     * @param mtu the largest payload in bytes; absent for kinds of ports without one, such as patch ports and tunnels
     */
    public void put(String name, @Nullable Integer mtu) {
        byName.put(shortened(name), mtu == null ? NONE : mtu);
    }

    /** Adds the pod's interface that is plugged into a port. */
    public void plugged(String name, Plug plug) {
        plugs.put(shortened(name), plug);
    }

    /** Adds the state in which a spanning tree protocol blocks a port. */
    public void blocked(String name, String state) {
        blocked.put(shortened(name), state);
    }

    /** Marks a port whose other side BFD or CFM hears. */
    public void hears(String name) {
        hearing.add(shortened(name));
    }

    /** Returns whether BFD or CFM hears the other side of a port: only a running switch sends them. */
    public boolean hears(ObservedPort port) {
        return hearing.contains(shortened(port.name()));
    }

    /** Marks a port as the output of a mirror. */
    public void reserved(String name) {
        reserved.add(shortened(name));
    }

    /** Returns whether a port is the output of a mirror. The switch drops every frame received there. */
    public boolean isReserved(ObservedPort port) {
        return reserved.contains(shortened(port.name()));
    }

    /** Returns the state in which a spanning tree protocol blocks a port; null if none does. */
    public @Nullable String blocked(ObservedPort port) {
        return blocked.get(shortened(port.name()));
    }

    /** Returns what is plugged into a port; null if unknown. */
    public @Nullable Plug plug(ObservedPort port) {
        return plugs.get(shortened(port.name()));
    }

    /** Returns whether OVSDB has reported this port. */
    public boolean knows(ObservedPort port) {
        return byName.containsKey(shortened(port.name()));
    }

    /** Returns the largest payload in bytes; null if unknown, or if there is none. */
    public @Nullable Integer mtu(ObservedPort port) {
        Integer mtu = byName.get(shortened(port.name()));
        return mtu == null || mtu == NONE ? null : mtu;
    }

    private static String shortened(String name) {
        return name.length() <= OPENFLOW_NAME ? name : name.substring(0, OPENFLOW_NAME);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PortSizes sizes
                && sizes.byName.equals(byName)
                && sizes.plugs.equals(plugs)
                && sizes.blocked.equals(blocked)
                && sizes.hearing.equals(hearing)
                && sizes.reserved.equals(reserved);
    }

    @Override
    public int hashCode() {
        return Objects.hash(byName, plugs, blocked, hearing, reserved);
    }

    @Override
    public String toString() {
        return byName + " " + plugs + " " + blocked + " " + hearing + " " + reserved;
    }
}
