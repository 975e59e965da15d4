package io.vlink.gateway.switches;

import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Match;
import org.jspecify.annotations.Nullable;

/**
 * A rule of somebody else in the table that ours stand in, as far as it can be told whether it takes frames from one of ours.
 * Whatever else it matches on, some frame fits both.
 *
 * @param inPort the only port that it concerns; absent: any
 * @param vlan what it asks of the outermost VLAN tag, as in OpenFlow's OXM_OF_VLAN_VID: bit 12 says that there is one
 * @param tunnel what it asks of the tunnel's id
 * @param readable false: part of its match, or all of it, is not understood here
 */
public record ForeignRule(int priority, @Nullable PortNumber inPort, Bits vlan, Bits tunnel, boolean readable) {

    /** What some bits must be. */
    public record Bits(long value, long mask) {
        public static final Bits ANY = new Bits(0, 0);

        boolean fit(long other) {
            return ((other ^ value) & mask) == 0;
        }
    }

    private static final int TAGGED = 0x1000;
    private static final int NO_TUNNEL = 0;

    /** One of which nothing is known but that it is there. */
    public static final ForeignRule UNKNOWN = new ForeignRule(0xffff, null, Bits.ANY, Bits.ANY, false);

    /** Whether frames that the match is meant for may go to this rule: of two of the same priority, either may win. */
    boolean takesFrom(int otherPriority, Match match) {
        if (priority < otherPriority || (inPort != null && !inPort.equals(match.inPort()))) {
            return false;
        }
        Label label = match.label();
        if (label == null) {
            return tunnel.fit(NO_TUNNEL);
        }
        return switch (label.kind()) {
            case VLAN -> vlan.fit(TAGGED | label.value()) && tunnel.fit(NO_TUNNEL);
            case VNI -> tunnel.fit(label.value());
        };
    }
}
