package io.vlink.gateway.switches;

import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Pipeline;
import io.vlink.events.rules.Table;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else's rule in a table that Vlink uses, known well enough to tell whether it takes frames from one of Vlink's rules, or
 * one of those takes frames from it. Whatever else it matches on, some frame fits both.
 *
 * @param inPort the only port that it concerns; absent: any
 * @param vlan what it asks of the outermost VLAN tag, as in OpenFlow's OXM_OF_VLAN_VID: bit 12 says that there is one
 * @param tunnel what it asks of the tunnel's id
 * @param readable false: part of its match, or all of it, is not understood here
 * @param elsewhere it concerns a port alone that no network can have, such as LOCAL
 */
public record ForeignRule(
        Table table,
        int priority,
        @Nullable PortNumber inPort,
        Bits vlan,
        Bits tunnel,
        boolean readable,
        boolean elsewhere) {

    /** What some bits must be. */
    public record Bits(long value, long mask) {
        public static final Bits ANY = new Bits(0, 0);

        boolean fit(long other) {
            return ((other ^ value) & mask) == 0;
        }
    }

    private static final int TAGGED = 0x1000;
    private static final int NO_TUNNEL = 0;
    private static final int ANY_PRIORITY = 0xffff;

    /** Stands for what a switch would not tell: it takes nothing that anybody knows of, and may be in the way. */
    public static final ForeignRule UNTOLD = new ForeignRule(Table.CLASSIFY, 0, null, Bits.ANY, Bits.ANY, false, true);

    /** One in the first table that may concern networks. */
    public ForeignRule(int priority, @Nullable PortNumber inPort, Bits vlan, Bits tunnel, boolean readable) {
        this(Table.CLASSIFY, priority, inPort, vlan, tunnel, readable, false);
    }

    /** One of which nothing is known but that it is there. */
    public static ForeignRule unknown(Table table) {
        return new ForeignRule(table, ANY_PRIORITY, null, Bits.ANY, Bits.ANY, false, false);
    }

    boolean isUnknown() {
        return equals(unknown(table));
    }

    /**
     * Whether frames that a rule of ours is meant for may go to this one: of two of the same priority, either may win. Frames of
     * a rule behind the first table pass that one, too, and there the same priority counts ({@link Pipeline}).
     */
    boolean takesFrom(Slot.Plain ours) {
        Match match = ours.match();
        boolean meets = table == ours.table() || table == Table.CLASSIFY;
        if (elsewhere || !meets || priority < ours.priority() || (inPort != null && !inPort.equals(match.inPort()))) {
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

    /**
     * Whether rules that lead on all frames ({@link Pipeline#WHOLE}) would take its frames, or its place, or come behind it; or
     * would lead frames to it that no rule in the first table is for, and that are dropped there.
     */
    boolean isInTheWay() {
        return switch (table) {
            case CLASSIFY -> priority <= Pipeline.HIGHEST || isUnknown();
            case CONTROL, FORWARDING -> true;
        };
    }
}
