package io.vlink.gateway.switches.entries;

import io.vlink.events.Label;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Meter;
import java.util.List;
import java.util.stream.Collectors;

/** Rules, groups and meters in the notation of {@code ovs-ofctl}, for errors and logs. */
public final class RuleText {

    /** The flags of Vlink's meters. */
    private static final String FLAGS = "kbps burst";

    private RuleText() {}

    /** Names an owner. */
    public static String of(Owner owner) {
        return switch (owner) {
            case NetworkId network -> "network " + network;
            case LinkPort link -> "the links at port " + link;
        };
    }

    public static String of(WantedRule rule) {
        return of(rule.key()) + ",actions=" + actions(rule.actions());
    }

    public static String of(RuleKey key) {
        return switch (key) {
            case RuleKey.Parsed plain ->
                (plain.table().isBehindTheFirst() ? "table=" + plain.table().number() + "," : "")
                        + "priority="
                        + plain.priority()
                        + match(plain.match());
            case RuleKey.Opaque strange -> strange.text();
        };
    }

    public static String of(Meter meter) {
        return "meter=" + meter.number() + " " + settings(meter);
    }

    /** Returns the flags and bands of a meter. */
    public static String settings(Meter meter) {
        return settings(FLAGS, dropBand(meter.rateKbps(), meter.burstKbits()));
    }

    /** Returns the flags and bands of a meter as a switch reports them. */
    public static String settings(String flags, List<String> bands) {
        return settings(flags, String.join(",", bands));
    }

    private static String settings(String flags, String bands) {
        return flags + " bands=" + bands;
    }

    /** Returns whether settings look like those of Vlink's meters, at any rate. */
    static boolean isOneDropBand(String settings) {
        return settings.startsWith(FLAGS + " bands=type=drop ") && settings.indexOf(',') < 0;
    }

    public static String of(WantedGroup group) {
        return "group_id=" + group.number() + "," + group.settings();
    }

    /** Returns the type and buckets of a group. */
    static String settings(GroupType type, List<GroupBucket> buckets) {
        StringBuilder text = new StringBuilder("type=").append(type.word());
        for (GroupBucket bucket : buckets) {
            text.append(",bucket=");
            if (bucket.watchPort() != null) {
                text.append("watch_port:").append(bucket.watchPort()).append(',');
            }
            if (bucket.watchGroup() != null) {
                text.append("watch_group:").append(bucket.watchGroup()).append(',');
            }
            text.append("actions=").append(actions(bucket.actions()));
        }
        return text.toString();
    }

    public static String dropBand(long rate, long burst) {
        return "type=drop rate=" + rate + " burst_size=" + burst;
    }

    private static String match(Match match) {
        return switch (match) {
            case Match.All all -> "";
            case Match.AtPort at -> ",in_port=" + at.inPort() + (at.label() == null ? "" : label(at.label()));
        };
    }

    private static String label(Label label) {
        return switch (label.kind()) {
            case VLAN -> ",dl_vlan=" + label.value();
            case VNI -> ",tun_id=0x" + Integer.toHexString(label.value());
        };
    }

    static String actions(List<FlowAction> actions) {
        return actions.isEmpty()
                ? "drop"
                : actions.stream().map(RuleText::action).collect(Collectors.joining(","));
    }

    private static String action(FlowAction action) {
        return switch (action) {
            case FlowAction.ThroughMeter meter -> "meter:" + meter.meter();
            case FlowAction.PushVlan push -> "push_vlan:0x" + Integer.toHexString(push.etherType());
            case FlowAction.SetVlan set -> "set_field:" + (0x1000 | set.vlan()) + "->vlan_vid";
            case FlowAction.SetTunnel set -> "set_field:0x" + Long.toHexString(set.vni()) + "->tun_id";
            case FlowAction.PopVlan pop -> "pop_vlan";
            case FlowAction.OutputPort output -> "output:" + output.port();
            case FlowAction.OutputInPort back -> "IN_PORT";
            case FlowAction.GroupAction group -> "group:" + group.group();
            case FlowAction.GotoTable on -> "goto_table:" + on.table().number();
            case FlowAction.Other other -> other.text();
        };
    }
}
