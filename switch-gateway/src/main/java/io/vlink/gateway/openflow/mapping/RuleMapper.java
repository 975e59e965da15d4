package io.vlink.gateway.openflow.mapping;

import io.vlink.events.Cookie;
import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.entries.FlowAction;
import io.vlink.gateway.switches.entries.GroupBucket;
import io.vlink.gateway.switches.entries.SuiteMarker;
import io.vlink.gateway.switches.entries.WantedGroup;
import io.vlink.gateway.switches.entries.WantedRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.projectfloodlight.openflow.protocol.OFBucket;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFGroupMod;
import org.projectfloodlight.openflow.protocol.OFGroupType;
import org.projectfloodlight.openflow.protocol.OFMeterFlags;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFMeterModCommand;
import org.projectfloodlight.openflow.protocol.OFOxmList;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;
import org.projectfloodlight.openflow.protocol.match.Match;
import org.projectfloodlight.openflow.protocol.meterband.OFMeterBand;
import org.projectfloodlight.openflow.protocol.oxm.OFOxm;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFMetadata;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.OFVlanVidMatch;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

/** Maps rules, meters and groups to Loxi's messages, in one OpenFlow version. */
public final class RuleMapper {

    private static final Set<OFMeterFlags> METER_FLAGS = Set.of(OFMeterFlags.KBPS, OFMeterFlags.BURST);

    private final OFFactory factory;

    public RuleMapper(OFFactory factory) {
        this.factory = factory;
    }

    public OFFlowMod put(WantedRule rule, long xid) {
        return factory.buildFlowAdd()
                .setXid(xid)
                .setTableId(table(rule.key().table()))
                .setPriority(rule.key().priority())
                .setCookie(U64.of(rule.cookie().value()))
                .setMatch(match(rule.key().match()))
                .setInstructions(instructions(rule.actions()))
                .setBufferId(OFBufferId.NO_BUFFER)
                .setOutPort(OFPort.ANY)
                .setOutGroup(OFGroup.ANY)
                .build();
    }

    public OFFlowMod mark(SuiteMarker marker, long xid) {
        return factory.buildFlowAdd()
                .setXid(xid)
                .setTableId(TableId.ZERO)
                .setPriority(SuiteMarker.PRIORITY)
                .setCookie(U64.of(Cookie.ofSuite(marker.recorded()).value()))
                .setMatch(match(marker))
                .setInstructions(List.of())
                .setBufferId(OFBufferId.NO_BUFFER)
                .setOutPort(OFPort.ANY)
                .setOutGroup(OFGroup.ANY)
                .build();
    }

    public OFFlowMod unmark(SuiteMarker marker, long xid) {
        return remove(
                TableId.ZERO,
                SuiteMarker.PRIORITY,
                match(marker),
                U64.of(Cookie.ours()),
                U64.of(Cookie.MARK_MASK),
                xid);
    }

    /** Returns the message that removes all rules with Vlink's mark, of any owner. */
    public OFFlowMod clear(long xid) {
        return factory.buildFlowDelete()
                .setXid(xid)
                .setTableId(TableId.ALL)
                .setCookie(U64.of(Cookie.ours()))
                .setCookieMask(U64.of(Cookie.MARK_MASK))
                .setBufferId(OFBufferId.NO_BUFFER)
                .setOutPort(OFPort.ANY)
                .setOutGroup(OFGroup.ANY)
                .build();
    }

    private Match match(SuiteMarker marker) {
        OFMetadata suite = OFMetadata.of(U64.of(Long.parseUnsignedLong(marker.suite(), 16)));
        return factory.matchV3(OFOxmList.of(factory.oxms().metadata(suite)));
    }

    public OFFlowMod remove(TableId table, int priority, Match match, U64 cookie, U64 mask, long xid) {
        return factory.buildFlowDeleteStrict()
                .setXid(xid)
                .setTableId(table)
                .setPriority(priority)
                .setMatch(match)
                .setCookie(cookie)
                .setCookieMask(mask)
                .setBufferId(OFBufferId.NO_BUFFER)
                .setOutPort(OFPort.ANY)
                .setOutGroup(OFGroup.ANY)
                .build();
    }

    public OFMeterMod meter(OFMeterModCommand command, Meter meter, long xid) {
        OFMeterBand band = factory.meterBands()
                .buildDrop()
                .setRate(meter.rateKbps())
                .setBurstSize(meter.burstKbits())
                .build();
        return meter(command, meter.number(), METER_FLAGS, List.of(band), xid);
    }

    public OFGroupMod addGroup(WantedGroup group, long xid) {
        return group(factory.buildGroupAdd(), group, xid);
    }

    public OFGroupMod changeGroup(WantedGroup group, long xid) {
        return group(factory.buildGroupModify(), group, xid);
    }

    public OFGroupMod removeGroup(long number, long xid) {
        return factory.buildGroupDelete()
                .setXid(xid)
                .setGroup(OFGroup.of((int) number))
                .setGroupType(OFGroupType.ALL)
                .build();
    }

    private OFGroupMod group(OFGroupMod.Builder builder, WantedGroup group, long xid) {
        return builder.setXid(xid)
                .setGroup(OFGroup.of(group.number()))
                .setGroupType(
                        switch (group.type()) {
                            case ALL -> OFGroupType.ALL;
                            case FAST_FAILOVER -> OFGroupType.FF;
                            case OTHER ->
                                throw new IllegalArgumentException("Vlink does not write such a group: " + group);
                        })
                .setBuckets(group.buckets().stream().map(this::bucket).toList())
                .build();
    }

    /** Sets the watched port or group: Loxi watches group ALL by default, which switches refuse or consider dead. */
    private OFBucket bucket(GroupBucket bucket) {
        PortNumber port = bucket.watchPort();
        Long group = bucket.watchGroup();
        return factory.buildBucket()
                .setWatchPort(port == null ? OFPort.ANY : OFPort.of((int) port.value()))
                .setWatchGroup(group == null ? OFGroup.ANY : OFGroup.of(group.intValue()))
                .setActions(actions(bucket.actions()))
                .build();
    }

    public OFMeterMod removeMeter(long number, long xid) {
        return meter(OFMeterModCommand.DELETE, number, Set.of(), List.of(), xid);
    }

    private OFMeterMod meter(
            OFMeterModCommand command, long number, Set<OFMeterFlags> flags, List<OFMeterBand> bands, long xid) {
        OFMeterMod.Builder builder = factory.buildMeterMod()
                .setXid(xid)
                .setCommand(command)
                .setMeterId(number)
                .setFlags(flags);
        // Loxi names the same field "meters" in 1.3 and "bands" since 1.4.
        return (factory.getVersion() == OFVersion.OF_13 ? builder.setMeters(bands) : builder.setBands(bands)).build();
    }

    public static TableId table(Table table) {
        return TableId.of(table.number());
    }

    public Match match(io.vlink.events.rules.Match match) {
        return factory.matchV3(
                switch (match) {
                    case io.vlink.events.rules.Match.All all -> OFOxmList.EMPTY;
                    case io.vlink.events.rules.Match.AtPort at ->
                        at.label() == null
                                ? OFOxmList.of(port(at.inPort()))
                                : OFOxmList.of(port(at.inPort()), oxm(at.label()));
                });
    }

    private OFOxm<?> port(PortNumber port) {
        return factory.oxms().inPort(OFPort.of((int) port.value()));
    }

    private OFOxm<?> oxm(Label label) {
        return switch (label.kind()) {
            case VLAN -> factory.oxms().vlanVid(OFVlanVidMatch.ofVlan(label.value()));
            case VNI -> factory.oxms().tunnelId(U64.of(label.value()));
        };
    }

    private List<OFInstruction> instructions(List<FlowAction> actions) {
        List<OFInstruction> instructions = new ArrayList<>();
        for (FlowAction action : actions) {
            if (action instanceof FlowAction.ThroughMeter(long meter)) {
                instructions.add(factory.instructions().meter(meter));
            }
        }
        List<OFAction> applied = actions(actions);
        if (!applied.isEmpty()) {
            instructions.add(factory.instructions().applyActions(applied));
        }
        for (FlowAction action : actions) {
            if (action instanceof FlowAction.GotoTable(Table table)) {
                instructions.add(factory.instructions().gotoTable(table(table)));
            }
        }
        return instructions;
    }

    /** Maps all actions except meters, which come first, and further tables, which come last. */
    private List<OFAction> actions(List<FlowAction> actions) {
        List<OFAction> applied = new ArrayList<>();
        for (FlowAction action : actions) {
            switch (action) {
                case FlowAction.ThroughMeter meter -> {}
                case FlowAction.PushVlan push -> applied.add(factory.actions().pushVlan(EthType.of(push.etherType())));
                case FlowAction.SetVlan set ->
                    applied.add(factory.actions().setField(factory.oxms().vlanVid(OFVlanVidMatch.ofVlan(set.vlan()))));
                case FlowAction.SetTunnel set ->
                    applied.add(factory.actions().setField(factory.oxms().tunnelId(U64.of(set.vni()))));
                case FlowAction.PopVlan pop -> applied.add(factory.actions().popVlan());
                case FlowAction.OutputPort output ->
                    applied.add(output(OFPort.of((int) output.port().value())));
                case FlowAction.OutputInPort back -> applied.add(output(OFPort.IN_PORT));
                case FlowAction.GroupAction group ->
                    applied.add(factory.actions().group(OFGroup.of((int) group.group())));
                case FlowAction.GotoTable on -> {}
                case FlowAction.Other other ->
                    throw new IllegalArgumentException("Vlink does not write the action %s.".formatted(other.text()));
            }
        }
        return applied;
    }

    private OFAction output(OFPort port) {
        return factory.actions().output(port, 0xffff);
    }
}
