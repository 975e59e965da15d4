package io.vlink.gateway.openflow;

import io.vlink.events.Cookie;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.projectfloodlight.openflow.protocol.OFBarrierRequest;
import org.projectfloodlight.openflow.protocol.OFBundleAddMsg;
import org.projectfloodlight.openflow.protocol.OFBundleCtrlMsg;
import org.projectfloodlight.openflow.protocol.OFBundleCtrlType;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowAdd;
import org.projectfloodlight.openflow.protocol.OFFlowDeleteStrict;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.OFFlowStatsRequest;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterConfigStatsRequest;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFMeterModCommand;
import org.projectfloodlight.openflow.protocol.OFMeterStatsRequest;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionMeter;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.protocol.meterband.OFMeterBand;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

/** The tables of a switch, message by message as Open vSwitch keeps them: a meter that goes takes its rules along. */
final class ModelSwitch {

    private static final int FOREIGN_PORT = 5_000;

    private final OFFactory factory;
    private final Map<String, OFFlowMod> rules = new LinkedHashMap<>();
    private final Map<Long, OFMeterMod> meters = new LinkedHashMap<>();
    private final List<OFFlowMod> bundle = new ArrayList<>();

    ModelSwitch(OFVersion version) {
        factory = OFFactories.getFactory(version);
    }

    /** Somebody else's meter, and the rule that uses it. */
    void foreign(long meter) {
        apply(factory.buildMeterMod()
                .setCommand(OFMeterModCommand.ADD)
                .setMeterId(meter)
                .setFlags(Set.of())
                .build());
        apply(factory.buildFlowAdd()
                .setTableId(TableId.ZERO)
                .setCookie(U64.of(0x1234))
                .setMatch(factory.buildMatch()
                        .setExact(MatchField.IN_PORT, OFPort.of(FOREIGN_PORT))
                        .build())
                .setInstructions(List.of(factory.instructions().meter(meter)))
                .build());
    }

    /** A bundle that was not committed is gone. */
    void disconnected() {
        bundle.clear();
    }

    boolean hasForeignRule() {
        return rules.values().stream().anyMatch(rule -> !isOurs(rule));
    }

    /** The rules with our mark: where each takes traffic in, and its meter. */
    Set<String> ourRules() {
        TreeSet<String> ours = new TreeSet<>();
        rules.values().stream()
                .filter(ModelSwitch::isOurs)
                .forEach(rule -> ours.add("port " + rule.getMatch().get(MatchField.IN_PORT) + " meter " + meter(rule)));
        return ours;
    }

    Set<Long> meters() {
        return new TreeSet<>(meters.keySet());
    }

    private static boolean isOurs(OFFlowMod rule) {
        return (rule.getCookie().getValue() & Cookie.MARK_MASK) == Cookie.ours();
    }

    private static long meter(OFFlowMod rule) {
        for (OFInstruction instruction : rule.getInstructions()) {
            if (instruction instanceof OFInstructionMeter meter) {
                return meter.getMeterId();
            }
        }
        return 0;
    }

    /** Takes a message; returns the answers. */
    List<OFMessage> take(OFMessage message) {
        long xid = message.getXid();
        return switch (message) {
            case OFMeterMod meter -> apply(meter);
            case OFFlowMod flow -> apply(flow);
            case OFBundleAddMsg add -> {
                bundle.add((OFFlowMod) add.getData());
                yield List.of();
            }
            case OFBundleCtrlMsg control -> {
                boolean open = control.getBundleCtrlType() == OFBundleCtrlType.OPEN_REQUEST;
                if (!open) {
                    bundle.forEach(this::apply);
                }
                bundle.clear();
                yield List.of(factory.buildBundleCtrlMsg()
                        .setXid(xid)
                        .setBundleId(control.getBundleId())
                        .setBundleCtrlType(open ? OFBundleCtrlType.OPEN_REPLY : OFBundleCtrlType.COMMIT_REPLY)
                        .setFlags(control.getFlags())
                        .build());
            }
            case OFBarrierRequest barrier ->
                List.of(factory.buildBarrierReply().setXid(xid).build());
            case OFFlowStatsRequest stats ->
                List.of(factory.buildFlowStatsReply()
                        .setXid(xid)
                        .setEntries(rules.values().stream()
                                .filter(ModelSwitch::isOurs)
                                .map(this::entry)
                                .toList())
                        .build());
            case OFMeterConfigStatsRequest stats ->
                List.of(factory.buildMeterConfigStatsReply()
                        .setXid(xid)
                        .setEntries(meters.values().stream()
                                .map(meter -> factory.buildMeterConfig()
                                        .setMeterId(meter.getMeterId())
                                        .setFlags(Set.copyOf(meter.getFlags()))
                                        .setEntries(bands(meter))
                                        .build())
                                .toList())
                        .build());
            case OFMeterStatsRequest stats ->
                List.of(factory.buildMeterStatsReply()
                        .setXid(xid)
                        .setEntries(meters.keySet().stream()
                                .map(number -> factory.buildMeterStats()
                                        .setMeterId(number)
                                        .setFlowCount(rules.values().stream()
                                                .filter(rule -> meter(rule) == number)
                                                .count())
                                        .build())
                                .toList())
                        .build());
            default -> throw new IllegalStateException("Not expected: " + message);
        };
    }

    private List<OFMeterBand> bands(OFMeterMod meter) {
        return factory.getVersion() == OFVersion.OF_13 ? meter.getMeters() : meter.getBands();
    }

    private List<OFMessage> apply(OFMeterMod meter) {
        if (meter.getCommand() == OFMeterModCommand.DELETE) {
            meters.remove(meter.getMeterId());
            rules.values().removeIf(rule -> meter(rule) == meter.getMeterId());
        } else {
            meters.put(meter.getMeterId(), meter);
        }
        return List.of();
    }

    private List<OFMessage> apply(OFFlowMod flow) {
        String slot = flow.getTableId() + " " + flow.getPriority() + " " + flow.getMatch();
        switch (flow) {
            case OFFlowAdd add -> {
                long meter = meter(add);
                if (meter != 0 && !meters.containsKey(meter)) {
                    throw new IllegalStateException("A rule came before its meter: " + add);
                }
                rules.put(slot, add);
            }
            case OFFlowDeleteStrict delete -> {
                OFFlowMod there = rules.get(slot);
                if (there != null && isOurs(there)) {
                    rules.remove(slot);
                }
            }
            default -> throw new IllegalStateException("Not expected: " + flow);
        }
        return List.of();
    }

    private OFFlowStatsEntry entry(OFFlowMod flow) {
        return factory.buildFlowStatsEntry()
                .setTableId(TableId.ZERO)
                .setPriority(flow.getPriority())
                .setCookie(flow.getCookie())
                .setMatch(flow.getMatch())
                .setInstructions(flow.getInstructions())
                .setPacketCount(U64.ZERO)
                .setByteCount(U64.ZERO)
                .build();
    }
}
