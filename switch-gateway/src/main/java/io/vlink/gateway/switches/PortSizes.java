package io.vlink.gateway.switches;

import io.vlink.events.switches.Plug;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How large the frames are that ports carry, and what is plugged into them, as OVSDB says (Open vSwitch 3.1,
 * ovs-vswitchd.conf.db(5), {@code mtu} of Interface, {@code external_ids} of Port). Names of interfaces are unique within
 * one Open vSwitch.
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
     * Takes in an interface that the switch has made a port of.
     *
     * @param mtu largest payload in bytes; absent: this kind of port has none, as patch ports and tunnels
     */
    public void put(String name, @Nullable Integer mtu) {
        byName.put(shortened(name), mtu == null ? NONE : mtu);
    }

    /** Takes in that an interface of a pod is plugged into a port. */
    public void plugged(String name, Plug plug) {
        plugs.put(shortened(name), plug);
    }

    /** Takes in that frames end at a port, and in what state a spanning tree protocol keeps it. */
    public void blocked(String name, String state) {
        blocked.put(shortened(name), state);
    }

    /** Takes in that BFD or CFM hears the other side of a port. */
    public void hears(String name) {
        hearing.add(shortened(name));
    }

    /** Whether BFD or CFM hears the other side of a port: only a switch that runs speaks it. */
    boolean hears(ObservedPort port) {
        return hearing.contains(shortened(port.name()));
    }

    /** Takes in that a port is where a mirror's copies leave. */
    public void reserved(String name) {
        reserved.add(shortened(name));
    }

    /** Whether a mirror's copies leave by a port, so that its switch drops all that it receives. */
    boolean isReserved(ObservedPort port) {
        return reserved.contains(shortened(port.name()));
    }

    /** In what state a spanning tree protocol keeps a port at which frames end; null: none does. */
    @Nullable String blocked(ObservedPort port) {
        return blocked.get(shortened(port.name()));
    }

    /** What is plugged into a port; null: nobody says. */
    @Nullable Plug plug(ObservedPort port) {
        return plugs.get(shortened(port.name()));
    }

    /** Whether OVSDB has told of this port yet. */
    boolean knows(ObservedPort port) {
        return byName.containsKey(shortened(port.name()));
    }

    /** The largest payload in bytes; null: it is unknown, or there is none. */
    @Nullable Integer mtu(ObservedPort port) {
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
