package io.vlink.events.switches;

import io.vlink.events.SwitchPort;
import org.jspecify.annotations.Nullable;

/**
 * One port of one switch. Key: {@code datapath id/port}. It stays as last known while its switch is disconnected.
 *
 * @param epoch the writer's mastership (OpenFlow generation id); readers drop a lower one than they hold
 * @param present false: the port was removed from the switch
 * @param name as the switch calls it
 * @param hardwareAddress MAC address, as {@code 02:00:00:00:00:01}
 * @param up whether it is enabled and its link is live
 * @param speedKbps current bit rate in kbit/s as the switch says; 0: unknown
 * @param mtu largest payload in bytes; absent: unknown
 * @param plug whose interface is at the other side, where the switch's OVSDB says so
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
        @Nullable Plug plug) {

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
}
