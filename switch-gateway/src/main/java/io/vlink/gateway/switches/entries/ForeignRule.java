package io.vlink.gateway.switches.entries;

import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Pipeline;
import io.vlink.events.rules.Table;
import org.jspecify.annotations.Nullable;

/**
 * A foreign rule in a table that Vlink uses, reduced to the parts that show whether it and a rule of Vlink may take
 * frames from each other. For every other field of its match, some frame is assumed to fit both.
 *
 * @param inPort the only port that it applies to; absent: any
 * @param vlan its match on the outermost VLAN tag, as in OpenFlow's OXM_OF_VLAN_VID: bit 12 means that there is a tag
 * @param tunnel its match on the tunnel id
 * @param readable false: its match, or part of it, is not understood
 * @param elsewhere it applies only to a port that no network can have, such as LOCAL
 */
public record ForeignRule(
        Table table,
        int priority,
        @Nullable PortNumber inPort,
        Bits vlan,
        Bits tunnel,
        boolean readable,
        boolean elsewhere) {

    /** Required values of some bits. */
    public record Bits(long value, long mask) {
        public static final Bits ANY = new Bits(0, 0);

        boolean fit(long other) {
            return ((other ^ value) & mask) == 0;
        }
    }

    private static final int TAGGED = 0x1000;
    private static final int NO_TUNNEL = 0;
    private static final int ANY_PRIORITY = 0xffff;

    /** Stands for rules that a switch did not report: it takes no known frames, and may be in the way. */
    public static final ForeignRule UNTOLD = new ForeignRule(Table.CLASSIFY, 0, null, Bits.ANY, Bits.ANY, false, true);

    /** Creates a rule in the first table that may affect networks. */
    public ForeignRule(int priority, @Nullable PortNumber inPort, Bits vlan, Bits tunnel, boolean readable) {
        this(Table.CLASSIFY, priority, inPort, vlan, tunnel, readable, false);
    }

    /** Creates a rule of which only the existence is known. */
    public static ForeignRule unknown(Table table) {
        return new ForeignRule(table, ANY_PRIORITY, null, Bits.ANY, Bits.ANY, false, false);
    }

    public boolean isUnknown() {
        return equals(unknown(table));
    }

    /**
     * Returns whether frames meant for a rule of Vlink may go to this one. Of two rules with the same priority, either
     * may win. Frames of a rule behind the first table pass the first table too, and there the same priority counts
     * ({@link Pipeline}).
     */
    public boolean takesFrom(RuleKey.Parsed ours) {
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
     * Returns whether the rules that pass all frames on to the last table ({@link Pipeline#WHOLE}) would conflict with
     * it: they would take its frames or its place, come behind it, or send it frames that are dropped in the first
     * table now because no rule there matches them.
     */
    public boolean isInTheWay() {
        return switch (table) {
            case CLASSIFY -> priority <= Pipeline.HIGHEST || isUnknown();
            case CONTROL, FORWARDING -> true;
        };
    }
}
