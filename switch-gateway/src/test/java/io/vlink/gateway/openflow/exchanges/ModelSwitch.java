package io.vlink.gateway.openflow.exchanges;

import io.vlink.events.Cookie;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.protocol.OFBarrierRequest;
import org.projectfloodlight.openflow.protocol.OFBucket;
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
import org.projectfloodlight.openflow.protocol.OFGroupAdd;
import org.projectfloodlight.openflow.protocol.OFGroupDelete;
import org.projectfloodlight.openflow.protocol.OFGroupDescStatsRequest;
import org.projectfloodlight.openflow.protocol.OFGroupMod;
import org.projectfloodlight.openflow.protocol.OFGroupStatsRequest;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterConfigStatsRequest;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFMeterModCommand;
import org.projectfloodlight.openflow.protocol.OFMeterStatsRequest;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.action.OFActionGroup;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionApplyActions;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionGotoTable;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionMeter;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.protocol.meterband.OFMeterBand;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

/**
 * A model of the tables of an Open vSwitch, message by message. It fails when a meter or group is removed before the rules that
 * use it, or added after them.
 */
final class ModelSwitch {

    private static final int FOREIGN_PORT = 5_000;

    private final OFFactory factory;
    private final Map<String, OFFlowMod> rules = new LinkedHashMap<>();
    private final Map<Long, OFMeterMod> meters = new LinkedHashMap<>();
    private final Map<OFGroup, OFGroupMod> groups = new LinkedHashMap<>();
    private final List<OFFlowMod> bundle = new ArrayList<>();

    ModelSwitch(OFVersion version) {
        factory = OFFactories.getFactory(version);
    }

    /** Adds a meter of others, and a rule that uses it. */
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

    /** Discards a bundle that was not committed. */
    void disconnected() {
        bundle.clear();
    }

    boolean hasForeignRule() {
        return rules.values().stream().anyMatch(rule -> !isOurs(rule));
    }

    /** Returns the rules with Vlink's mark: the ingress port and the meter of each. */
    Set<String> ourRules() {
        TreeSet<String> ours = new TreeSet<>();
        rules.values().stream()
                .filter(rule -> isOurs(rule)
                        && !isLead(rule)
                        && !new Cookie(rule.getCookie().getValue()).isOfSuite())
                .forEach(rule -> ours.add("port " + rule.getMatch().get(MatchField.IN_PORT) + " meter " + meter(rule)));
        return ours;
    }

    /** Returns the numbers of groups, each with the groups that it watches. */
    Set<String> groups() {
        return words(groups.keySet());
    }

    /** Returns the groups that rules lead to, directly or through other groups. */
    Set<String> groupsInUse() {
        Set<OFGroup> used = new HashSet<>();
        for (OFFlowMod rule : rules.values()) {
            for (OFGroup next = group(rule); next != null && used.add(next); ) {
                List<Integer> watched = watched(Objects.requireNonNull(groups.get(next)));
                next = watched.isEmpty() ? null : OFGroup.of(watched.getFirst());
            }
        }
        return words(used);
    }

    private Set<String> words(Set<OFGroup> numbers) {
        TreeSet<String> all = new TreeSet<>();
        numbers.forEach(number ->
                all.add(number.getGroupNumber() + " watches " + watched(Objects.requireNonNull(groups.get(number)))));
        return all;
    }

    private static List<Integer> watched(OFGroupMod group) {
        return group.getBuckets().stream()
                .map(OFBucket::getWatchGroup)
                .filter(watched -> !watched.equals(OFGroup.ANY))
                .map(OFGroup::getGroupNumber)
                .toList();
    }

    /** Returns the table and the priority of each of the gateway's own rules that lead to another table. */
    List<String> leads() {
        return rules.values().stream()
                .filter(ModelSwitch::isLead)
                .map(rule -> rule.getTableId().getValue() + " " + rule.getPriority())
                .toList();
    }

    /** Returns the table with the rule that sends out a frame from an ingress port; negative: there is none. */
    int sentBy(long port) {
        int table = 0;
        while (true) {
            OFFlowMod taken = taken(table, port);
            int next = -1;
            for (OFInstruction instruction : taken == null ? List.<OFInstruction>of() : taken.getInstructions()) {
                if (instruction instanceof OFInstructionApplyActions) {
                    return table;
                } else if (instruction instanceof OFInstructionGotoTable on) {
                    next = on.getTableId().getValue();
                }
            }
            if (next < 0) {
                return next;
            }
            table = next;
        }
    }

    private @Nullable OFFlowMod taken(int table, long port) {
        return rules.values().stream()
                .filter(rule -> rule.getTableId().getValue() == table && isFor(rule, port))
                .max(Comparator.comparingInt(OFFlowMod::getPriority))
                .orElse(null);
    }

    private static boolean isFor(OFFlowMod rule, long port) {
        OFPort asked = rule.getMatch().get(MatchField.IN_PORT);
        return asked == null || asked.getPortNumber() == port;
    }

    private static boolean isLead(OFFlowMod rule) {
        return new Cookie(rule.getCookie().getValue()).isOfGateway();
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

    /** Processes a message and returns the answers. */
    List<OFMessage> take(OFMessage message) {
        long xid = message.getXid();
        return switch (message) {
            case OFMeterMod meter -> apply(meter);
            case OFGroupMod group -> apply(group);
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
            case OFGroupDescStatsRequest stats ->
                List.of(factory.buildGroupDescStatsReply()
                        .setXid(xid)
                        .setEntries(groups.values().stream()
                                .map(group -> factory.buildGroupDescStatsEntry()
                                        .setGroup(group.getGroup())
                                        .setGroupType(group.getGroupType())
                                        .setBuckets(group.getBuckets())
                                        .build())
                                .toList())
                        .build());
            case OFGroupStatsRequest stats ->
                List.of(factory.buildGroupStatsReply()
                        .setXid(xid)
                        .setEntries(groups.keySet().stream()
                                .map(number -> factory.buildGroupStatsEntry()
                                        .setGroup(number)
                                        .setRefCount(rules.values().stream()
                                                .filter(rule -> number.equals(group(rule)))
                                                .count())
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
            default -> throw new IllegalStateException("Unexpected message: " + message);
        };
    }

    private List<OFMeterBand> bands(OFMeterMod meter) {
        return factory.getVersion() == OFVersion.OF_13 ? meter.getMeters() : meter.getBands();
    }

    private List<OFMessage> apply(OFMeterMod meter) {
        if (meter.getCommand() == OFMeterModCommand.DELETE) {
            meters.remove(meter.getMeterId());
            if (rules.values().stream().anyMatch(rule -> meter(rule) == meter.getMeterId())) {
                throw new IllegalStateException("A meter was removed before the rules that pass it: " + meter);
            }
        } else {
            meters.put(meter.getMeterId(), meter);
        }
        return List.of();
    }

    private List<OFMessage> apply(OFGroupMod group) {
        OFGroup number = group.getGroup();
        if (group instanceof OFGroupDelete) {
            boolean used = rules.values().stream().anyMatch(rule -> number.equals(group(rule)))
                    || groups.values().stream().anyMatch(other -> watched(other).contains(number.getGroupNumber()));
            if (used) {
                throw new IllegalStateException("A group was removed before what leads to it: " + group);
            }
            groups.remove(number);
            return List.of();
        }
        if ((group instanceof OFGroupAdd) == groups.containsKey(number)) {
            throw new IllegalStateException("A group was added twice, or changed without being there: " + group);
        }
        for (OFBucket bucket : group.getBuckets()) {
            if (!bucket.getWatchGroup().equals(OFGroup.ANY) && !groups.containsKey(bucket.getWatchGroup())) {
                throw new IllegalStateException("A group was added before the group that it watches: " + group);
            }
        }
        groups.put(number, group);
        return List.of();
    }

    private static @Nullable OFGroup group(OFFlowMod rule) {
        for (OFInstruction instruction : rule.getInstructions()) {
            if (instruction instanceof OFInstructionApplyActions apply) {
                for (OFAction action : apply.getActions()) {
                    if (action instanceof OFActionGroup group) {
                        return group.getGroup();
                    }
                }
            }
        }
        return null;
    }

    private List<OFMessage> apply(OFFlowMod flow) {
        String key = flow.getTableId() + " " + flow.getPriority() + " " + flow.getMatch();
        switch (flow) {
            case OFFlowAdd add -> {
                long meter = meter(add);
                if (meter != 0 && !meters.containsKey(meter)) {
                    throw new IllegalStateException("A rule was added before its meter: " + add);
                }
                OFGroup group = group(add);
                if (group != null && !groups.containsKey(group)) {
                    throw new IllegalStateException("A rule was added before its group: " + add);
                }
                rules.put(key, add);
            }
            case OFFlowDeleteStrict delete -> {
                OFFlowMod there = rules.get(key);
                if (there != null && isOurs(there)) {
                    rules.remove(key);
                }
            }
            default -> throw new IllegalStateException("Unexpected message: " + flow);
        }
        return List.of();
    }

    private OFFlowStatsEntry entry(OFFlowMod flow) {
        return factory.buildFlowStatsEntry()
                .setTableId(flow.getTableId())
                .setPriority(flow.getPriority())
                .setCookie(flow.getCookie())
                .setMatch(flow.getMatch())
                .setInstructions(flow.getInstructions())
                .setPacketCount(U64.ZERO)
                .setByteCount(U64.ZERO)
                .build();
    }
}
