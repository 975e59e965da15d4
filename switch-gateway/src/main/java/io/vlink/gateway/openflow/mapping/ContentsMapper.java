package io.vlink.gateway.openflow.mapping;

import io.vlink.events.Cookie;
import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.entries.Drops;
import io.vlink.gateway.switches.entries.FlowAction;
import io.vlink.gateway.switches.entries.InstalledMeter;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.RuleText;
import io.vlink.gateway.switches.entries.SuiteMarker;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.OFMeterBandStats;
import org.projectfloodlight.openflow.protocol.OFMeterConfig;
import org.projectfloodlight.openflow.protocol.OFMeterStats;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.action.OFActionGroup;
import org.projectfloodlight.openflow.protocol.action.OFActionOutput;
import org.projectfloodlight.openflow.protocol.action.OFActionPopVlan;
import org.projectfloodlight.openflow.protocol.action.OFActionPushVlan;
import org.projectfloodlight.openflow.protocol.action.OFActionSetField;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionApplyActions;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionGotoTable;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionMeter;
import org.projectfloodlight.openflow.protocol.match.Match;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.protocol.match.MatchFields;
import org.projectfloodlight.openflow.protocol.meterband.OFMeterBandDrop;
import org.projectfloodlight.openflow.protocol.oxm.OFOxm;
import org.projectfloodlight.openflow.protocol.oxm.OFOxmTunnelId;
import org.projectfloodlight.openflow.protocol.oxm.OFOxmVlanVid;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.OFVlanVidMatch;
import org.projectfloodlight.openflow.types.U64;

/** Maps Loxi's statistics to installed rules and meters. */
public final class ContentsMapper {

    private ContentsMapper() {}

    public static InstalledRule rule(OFFlowStatsEntry entry) {
        return new InstalledRule(
                key(entry),
                new Cookie(entry.getCookie().getValue()),
                actions(entry),
                entry.getPacketCount().getValue(),
                entry.getByteCount().getValue());
    }

    /** Reads the marker of the switch's suite; null: the rule is not a marker. */
    public static @Nullable SuiteMarker marker(OFFlowStatsEntry entry) {
        Cookie cookie = new Cookie(entry.getCookie().getValue());
        if (!cookie.isOfSuite()
                || entry.getTableId().getValue() != 0
                || entry.getPriority() != SuiteMarker.PRIORITY
                || !entry.getInstructions().isEmpty()) {
            return null;
        }
        int fields = 0;
        for (MatchField<?> field : entry.getMatch().getMatchFields()) {
            fields += field.id == MatchFields.METADATA && entry.getMatch().isExact(field) ? 1 : 2;
        }
        return fields == 1
                ? new SuiteMarker(
                        HexFormat.of()
                                .toHexDigits(entry.getMatch()
                                        .get(MatchField.METADATA)
                                        .getValue()
                                        .getValue()),
                        cookie.recorded())
                : null;
    }

    public static InstalledMeter meter(OFMeterConfig config, @Nullable OFMeterStats counted) {
        String flags = config.getFlags().stream()
                .sorted()
                .map(flag -> flag.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
        List<String> bands = config.getEntries().stream()
                .map(band -> band instanceof OFMeterBandDrop drop
                        ? RuleText.dropBand(drop.getRate(), drop.getBurstSize())
                        : "type=" + band.getType())
                .toList();
        return new InstalledMeter(
                config.getMeterId(),
                RuleText.settings(flags, bands),
                counted == null ? 0 : counted.getFlowCount(),
                dropped(config, counted));
    }

    /** Returns the drops of its drop bands: other bands let frames pass. Null if the switch does not count. */
    private static @Nullable Drops dropped(OFMeterConfig config, @Nullable OFMeterStats counted) {
        if (counted == null
                || counted.getBandStats().size() < config.getEntries().size()) {
            return null;
        }
        long packets = 0;
        long bytes = 0;
        for (int i = 0; i < config.getEntries().size(); i++) {
            OFMeterBandStats band = counted.getBandStats().get(i);
            if (config.getEntries().get(i) instanceof OFMeterBandDrop) {
                if (isUnknown(band.getPacketBandCount()) || isUnknown(band.getByteBandCount())) {
                    return null;
                }
                packets += band.getPacketBandCount().getValue();
                bytes += band.getByteBandCount().getValue();
            }
        }
        return new Drops(packets, bytes);
    }

    /** OpenFlow 1.4.1, §7.3.5: all bits of a counter that the switch does not have are 1. */
    private static boolean isUnknown(U64 count) {
        return count.getValue() < 0;
    }

    private static RuleKey key(OFFlowStatsEntry entry) {
        io.vlink.events.rules.@Nullable Match match = match(entry.getMatch());
        Table table = Table.at(entry.getTableId().getValue());
        if (match != null && table != null) {
            return new RuleKey.Parsed(table, entry.getPriority(), match);
        }
        return new RuleKey.Opaque("table=%d,priority=%d,%s"
                .formatted(entry.getTableId().getValue(), entry.getPriority(), entry.getMatch()));
    }

    /** Maps a match; null: Vlink does not write such a match. */
    private static io.vlink.events.rules.@Nullable Match match(Match match) {
        PortNumber inPort = null;
        Label label = null;
        int fields = 0;
        for (MatchField<?> field : match.getMatchFields()) {
            fields++;
            if (!match.isExact(field)) {
                return null;
            } else if (field.id == MatchFields.IN_PORT) {
                inPort = port(match.get(MatchField.IN_PORT));
            } else if (field.id == MatchFields.VLAN_VID) {
                label = vlan(match.get(MatchField.VLAN_VID));
            } else if (field.id == MatchFields.TUNNEL_ID) {
                label = vni(match.get(MatchField.TUNNEL_ID));
            }
        }
        if (fields == 0) {
            return io.vlink.events.rules.Match.All.FRAMES;
        }
        boolean plain = fields == 1 || (fields == 2 && label != null);
        return inPort == null || !plain ? null : new io.vlink.events.rules.Match.AtPort(inPort, label);
    }

    private static @Nullable Label vlan(OFVlanVidMatch vid) {
        int value = vid.getVlan();
        return vid.isPresentBitSet() && value >= 1 && value <= Label.LabelKind.VLAN.max()
                ? new Label(Label.LabelKind.VLAN, value)
                : null;
    }

    private static @Nullable Label vni(U64 id) {
        long value = id.getValue();
        return value >= 1 && value <= Label.LabelKind.VNI.max() ? new Label(Label.LabelKind.VNI, (int) value) : null;
    }

    static @Nullable PortNumber port(OFPort port) {
        long number = Integer.toUnsignedLong(port.getPortNumber());
        return number >= 1 && number <= PortNumber.MAX ? PortNumber.of(number) : null;
    }

    private static List<FlowAction> actions(OFFlowStatsEntry entry) {
        List<FlowAction> actions = new ArrayList<>();
        if (entry.getIdleTimeout() != 0 || entry.getHardTimeout() != 0) {
            actions.add(new FlowAction.Other(
                    "idle_timeout=%d,hard_timeout=%d".formatted(entry.getIdleTimeout(), entry.getHardTimeout())));
        }
        FlowAction last = null;
        for (OFInstruction instruction : entry.getInstructions()) {
            switch (instruction) {
                case OFInstructionMeter meter -> actions.add(new FlowAction.ThroughMeter(meter.getMeterId()));
                case OFInstructionApplyActions apply ->
                    apply.getActions().forEach(action -> actions.add(action(action)));
                case OFInstructionGotoTable on
                when Table.at(on.getTableId().getValue()) != null ->
                    last = new FlowAction.GotoTable(Table.of(on.getTableId().getValue()));
                default -> actions.add(new FlowAction.Other(instruction.toString()));
            }
        }
        if (last != null) { // executed last, wherever it is in the list (OpenFlow 1.4.1 §5.9)
            actions.add(last);
        }
        return actions;
    }

    static FlowAction action(OFAction action) {
        return switch (action) {
            case OFActionPushVlan push ->
                new FlowAction.PushVlan(push.getEthertype().getValue());
            case OFActionSetField set -> field(set.getField());
            case OFActionPopVlan pop -> new FlowAction.PopVlan();
            case OFActionGroup group ->
                new FlowAction.GroupAction(
                        Integer.toUnsignedLong(group.getGroup().getGroupNumber()));
            case OFActionOutput output -> output(output);
            default -> new FlowAction.Other(action.toString());
        };
    }

    private static FlowAction field(OFOxm<?> field) {
        return switch (field) {
            case OFOxmVlanVid vid -> new FlowAction.SetVlan(vid.getValue().getVlan());
            case OFOxmTunnelId tunnel ->
                new FlowAction.SetTunnel(tunnel.getValue().getValue());
            default -> new FlowAction.Other(field.toString());
        };
    }

    private static FlowAction output(OFActionOutput output) {
        PortNumber port = port(output.getPort());
        if (port != null) {
            return new FlowAction.OutputPort(port);
        }
        return output.getPort().equals(OFPort.IN_PORT)
                ? new FlowAction.OutputInPort()
                : new FlowAction.Other(output.toString());
    }
}
