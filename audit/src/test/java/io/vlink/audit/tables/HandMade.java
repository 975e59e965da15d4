package io.vlink.audit.tables;

import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tables of a switch, written in the notation of {@code ovs-ofctl}. */
@SuppressWarnings("StringSplitter") // only splits text from tests
public final class HandMade {

    private final DatapathId id;
    private final Map<Long, String> ports = new HashMap<>();
    private final List<TableRule> rules = new ArrayList<>();
    private final List<TableMeter> meters = new ArrayList<>();
    private final Map<Long, TableGroup> groups = new HashMap<>();

    private HandMade(DatapathId id) {
        this.id = id;
    }

    /** Makes a switch with ports of these numbers and no rules. */
    public static HandMade of(String id, long... numbers) {
        HandMade made = new HandMade(DatapathId.of(id));
        for (long number : numbers) {
            made.ports.put(number, "p" + number);
        }
        return made;
    }

    public HandMade rule(String text) {
        rules.add(parse(text));
        return this;
    }

    public HandMade rules(String... texts) {
        for (String text : texts) {
            rule(text);
        }
        return this;
    }

    /** Removes the rules whose text contains this. */
    public HandMade without(String part) {
        if (!rules.removeIf(rule -> rule.text().contains(part))) {
            throw new IllegalArgumentException("No rule contains " + part);
        }
        return this;
    }

    public HandMade meter(long number, String settings) {
        meters.add(new TableMeter(number, settings));
        return this;
    }

    public HandMade withoutMeter(long number) {
        if (!meters.removeIf(meter -> meter.number() == number)) {
            throw new IllegalArgumentException("There is no meter " + number);
        }
        return this;
    }

    public HandMade group(long number, String... buckets) {
        groups.put(
                number,
                new TableGroup(
                        number,
                        "all",
                        List.of(buckets).stream().map(HandMade::bucket).toList()));
        return this;
    }

    private static TableGroup.GroupBucket bucket(String actions) {
        return new TableGroup.GroupBucket(null, null, actions(actions));
    }

    /** Adds a group of any type, with buckets that may watch a port or group. */
    public HandMade group(TableGroup group) {
        groups.put(group.number(), group);
        return this;
    }

    public DatapathId id() {
        return id;
    }

    public SwitchTables tables() {
        return new SwitchTables(id, ports, rules, meters, groups, List.of());
    }

    public static TableRule parse(String text) {
        String[] halves = text.split(" ?actions=", 2);
        int table = 0;
        int priority = 0x8000;
        long cookie = 0;
        Long inPort = null;
        Masked vlan = null;
        Masked tunnel = null;
        Masked metadata = null;
        List<String> others = new ArrayList<>();
        for (String word : halves[0].split("[, ]+")) {
            String value = word.substring(word.indexOf('=') + 1);
            switch (word.replaceAll("=.*", "")) {
                case "table" -> table = Integer.parseInt(value);
                case "priority" -> priority = Integer.parseInt(value);
                case "cookie" -> cookie = Cookie.of(value).value();
                case "in_port" -> inPort = Long.parseLong(value);
                case "dl_vlan" -> vlan = new Masked(0x1000 | Integer.parseInt(value), 0x1fff);
                case "vlan_tci" -> vlan = masked(value, 0x1fff);
                case "tun_id" -> tunnel = masked(value, -1);
                case "metadata" -> metadata = masked(value, -1);
                default -> others.add(word);
            }
        }
        return new TableRule(
                table,
                priority,
                cookie,
                new FlowMatch(inPort, vlan, tunnel, metadata, others),
                instructions(halves[1]),
                "");
    }

    private static Masked masked(String text, long exact) {
        String[] parts = text.split("/", 2);
        return new Masked(Long.decode(parts[0]), parts.length == 1 ? exact : Long.decode(parts[1]));
    }

    private static List<Instruction> instructions(String text) {
        List<Instruction> instructions = new ArrayList<>();
        List<String> applied = new ArrayList<>();
        Instruction last = null;
        for (String word : text.split(",(?![^(]*\\))")) {
            if (word.startsWith("meter:")) {
                instructions.add(new Instruction.ThroughMeter(Long.parseLong(word.substring(6))));
            } else if (word.startsWith("goto_table:")) {
                last = new Instruction.GotoTable(Integer.parseInt(word.substring(11)));
            } else if (word.startsWith("write_metadata:")) {
                Masked write = masked(word.substring(15), -1);
                instructions.add(new Instruction.WriteMetadata(write.value(), write.mask()));
            } else if (word.startsWith("write_actions(")) {
                instructions.add(new Instruction.Write(actions(word.substring(14, word.length() - 1))));
            } else if (!word.equals("drop")) {
                applied.add(word);
            }
        }
        if (!applied.isEmpty()) {
            int meters = (int) instructions.stream()
                    .filter(Instruction.ThroughMeter.class::isInstance)
                    .count();
            instructions.add(meters, new Instruction.Apply(actions(String.join(",", applied))));
        }
        if (last != null) {
            instructions.add(last);
        }
        return instructions;
    }

    private static List<FlowAction> actions(String text) {
        List<FlowAction> actions = new ArrayList<>();
        Pattern set = Pattern.compile("set_field:(\\w+)->(\\w+)");
        for (String word : text.split(",")) {
            Matcher field = set.matcher(word);
            if (word.startsWith("output:")) {
                actions.add(new FlowAction.OutputPort(Long.parseLong(word.substring(7))));
            } else if (word.equals("IN_PORT")) {
                actions.add(new FlowAction.OutputPort(Reserved.IN_PORT));
            } else if (word.equals("NORMAL")) {
                actions.add(new FlowAction.OutputPort(Reserved.NORMAL));
            } else if (word.equals("CONTROLLER")) {
                actions.add(new FlowAction.OutputPort(Reserved.CONTROLLER));
            } else if (word.startsWith("group:")) {
                actions.add(new FlowAction.GroupAction(Long.parseLong(word.substring(6))));
            } else if (word.startsWith("push_vlan")) {
                actions.add(new FlowAction.PushVlan(0x8100));
            } else if (word.equals("pop_vlan")) {
                actions.add(new FlowAction.PopVlan());
            } else if (field.matches() && field.group(2).equals("vlan_vid")) {
                actions.add(new FlowAction.SetVlan(Integer.parseInt(field.group(1)) & 0xfff));
            } else if (field.matches() && field.group(2).equals("tun_id")) {
                actions.add(new FlowAction.SetTunnel(Long.decode(field.group(1))));
            } else if (field.matches()) {
                actions.add(new FlowAction.Rewrite(word));
            } else {
                actions.add(new FlowAction.UnknownAction(word));
            }
        }
        return actions;
    }
}
