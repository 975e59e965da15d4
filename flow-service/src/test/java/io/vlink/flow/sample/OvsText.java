package io.vlink.flow.sample;

import io.vlink.events.Label;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.Table;
import io.vlink.flow.compile.SwitchRules;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats rules for {@code ovs-ofctl -O OpenFlow14 add-flow} and {@code add-meter}. */
public final class OvsText {

    private static final int VLAN_PRESENT = 0x1000;

    private OvsText() {}

    public static String of(SwitchRules rules) {
        return Stream.concat(
                        rules.meters().stream().map(OvsText::of),
                        rules.rules().stream().map(OvsText::of))
                .collect(Collectors.joining("\n"));
    }

    private static String of(Meter meter) {
        return "meter=%d kbps burst band=type=drop rate=%d burst_size=%d"
                .formatted(meter.number(), meter.rateKbps(), meter.burstKbits());
    }

    public static String of(Rule rule) {
        return "cookie=%s %spriority=%d %sactions=%s"
                .formatted(
                        rule.cookie(),
                        rule.standsIn() == Table.CLASSIFY
                                ? ""
                                : "table=%d ".formatted(rule.standsIn().number()),
                        rule.priority(),
                        match(rule.match()),
                        rule.actions().stream().map(OvsText::of).collect(Collectors.joining(",")));
    }

    private static String match(Match match) {
        return switch (match) {
            case Match.All all -> "";
            case Match.AtPort at -> "in_port=%s%s ".formatted(at.inPort(), at.label() == null ? "" : match(at.label()));
        };
    }

    private static String match(Label label) {
        return switch (label.kind()) {
            case VLAN -> ",dl_vlan=" + label.value();
            case VNI -> ",tun_id=" + label.value();
        };
    }

    private static String of(Action action) {
        return switch (action) {
            case Action.ApplyMeter meter -> "meter:" + meter.meter();
            case Action.PushLabel push ->
                (push.label().kind() == Label.LabelKind.VLAN ? "push_vlan:0x8100," : "") + set(push.label());
            case Action.SwapLabel swap -> set(swap.label());
            case Action.PopLabel pop -> "pop_vlan";
            case Action.Output output -> "output:" + output.port();
            case Action.OutputBack back -> "IN_PORT";
            case Action.ToGroup group -> "group:" + group.group();
            case Action.GoTo on -> "goto_table:" + on.table().number();
        };
    }

    private static String set(Label label) {
        return label.kind() == Label.LabelKind.VLAN
                ? "set_field:%d->vlan_vid".formatted(VLAN_PRESENT | label.value())
                : "set_field:%d->tun_id".formatted(label.value());
    }
}
