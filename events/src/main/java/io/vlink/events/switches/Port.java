package io.vlink.events.switches;

import io.vlink.events.Hindrance;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import org.jspecify.annotations.Nullable;

/**
 * One port of one switch. Key: {@code datapath id/port}. It stays as last known while its switch is disconnected.
 *
 * @param epoch the writer's mastership (OpenFlow generation id); readers drop a lower one than they hold
 * @param present false: the port was removed from the switch
 * @param name as the switch calls it
 * @param hardwareAddress MAC address, as {@code 02:00:00:00:00:01}
 * @param up whether it is enabled and its link is live; false too where the link has carrier, but what watches it (BFD, CFM,
 *     LACP) hears nobody on the other side
 * @param speedKbps current bit rate in kbit/s as the switch says; 0: unknown
 * @param mtu largest payload in bytes; absent: unknown
 * @param plug whose interface is at the other side, where the switch's OVSDB says so
 * @param sending why no frame leaves by it, where more is known than that it is not up
 * @param receiving why no frame enters by it, where more is known than that it is not up
 */
public record Port(
        SwitchPort id,
        long epoch,
        boolean present,
        String name,
        String hardwareAddress,
        boolean up,
        long speedKbps,
        @Nullable Integer mtu,
        @Nullable Plug plug,
        @Nullable Hindrance sending,
        @Nullable Hindrance receiving) {

    /** Where it stands. */
    public static final TypedTopic<SwitchPort, Port> TOPIC =
            new TypedTopic<>(Topic.PORTS, Port.class, SwitchPort::of, Port::id);

    /** A port of which nobody says what is plugged into it. */
    public Port(
            SwitchPort id,
            long epoch,
            boolean present,
            String name,
            String hardwareAddress,
            boolean up,
            long speedKbps,
            @Nullable Integer mtu) {
        this(id, epoch, present, name, hardwareAddress, up, speedKbps, mtu, null);
    }

    /** A port against which nothing more is known than whether it is up. */
    public Port(
            SwitchPort id,
            long epoch,
            boolean present,
            String name,
            String hardwareAddress,
            boolean up,
            long speedKbps,
            @Nullable Integer mtu,
            @Nullable Plug plug) {
        this(id, epoch, present, name, hardwareAddress, up, speedKbps, mtu, plug, null, null);
    }

    /** Why no frame leaves by it, in words for users, who call its switch {@code node}; null: nothing is known against it. */
    public @Nullable Hindrance cannotSend(String node) {
        return sending == null ? down(node) : sending;
    }

    /** Why no frame enters by it, as {@link #cannotSend}. */
    public @Nullable Hindrance cannotReceive(String node) {
        return receiving == null ? down(node) : receiving;
    }

    private @Nullable Hindrance down(String node) {
        return up ? null : new Hindrance(HindranceReason.PortDown, "The port %s of %s is down.".formatted(name, node));
    }
}
