package io.vlink.events.switches;

import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import org.jspecify.annotations.Nullable;

/**
 * One port of one switch. Key: {@code datapath id/port}. While its switch is disconnected, the record is the last known
 * state.
 *
 * @param epoch the writer's mastership (OpenFlow generation id); readers drop a record whose epoch is lower than the
 *     one they hold
 * @param present false: the port was removed from the switch
 * @param name the switch's name of the port
 * @param hardwareAddress MAC address, as {@code 02:00:00:00:00:01}
 * @param up whether it is enabled and its link is live; also false where the link has carrier, but its monitoring (BFD,
 *     CFM, LACP) receives nothing from the other side
 * @param speedKbps current bit rate in kbit/s as reported by the switch; 0: unknown
 * @param mtu largest payload in bytes; absent: unknown
 * @param plug the interface at the other side, where the switch's OVSDB names it
 * @param sending why no frame leaves the port, where another cause than being down is known
 * @param receiving why no frame enters the port, where another cause than being down is known
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

    /** The topic of these records. */
    public static final TypedTopic<SwitchPort, Port> TOPIC =
            new TypedTopic<>(Topic.PORTS, Port.class, SwitchPort::of, Port::id);

    /** A port without a known plug. */
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

    /** A port without a known hindrance. */
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

    /**
     * Why no frame leaves it, in words for users, with {@code node} as the name of its switch; null: no hindrance is
     * known.
     */
    public @Nullable Hindrance cannotSend(String node) {
        return sending == null ? down(node) : sending;
    }

    /** Why no frame enters it, as {@link #cannotSend}. */
    public @Nullable Hindrance cannotReceive(String node) {
        return receiving == null ? down(node) : receiving;
    }

    private @Nullable Hindrance down(String node) {
        return up ? null : new Hindrance(HindranceReason.PORT_DOWN, "The port %s of %s is down.".formatted(name, node));
    }
}
