package io.vlink.audit.tables;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of a switch's multipart replies (OpenFlow 1.4.1 §7.3.5). An entry that cannot be read is kept as one that
 * may do anything: nothing in a switch is skipped.
 */
public final class EntryReader {

    private static final int RULE_HEADER = 48;
    private static final int MATCH_HEADER = 4;
    private static final int PORT_13 = 64;
    private static final int NAME_AT = 16;
    private static final int NAME_LENGTH = 16;
    private static final String[] METER_FLAGS = {"kbps", "pktps", "burst", "stats"};
    private static final String[] GROUP_TYPES = {"all", "select", "indirect", "ff"};
    private static final int BUCKET_HEADER = 16;
    /** OFPP_ANY and OFPG_ANY. */
    private static final int ANY = -1;

    private EntryReader() {}

    /** Reads flow statistics. */
    public static List<TableRule> rules(byte[] entries) {
        List<TableRule> rules = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(entries);
        while (bytes.hasRemaining()) {
            ByteBuffer entry = ActionReader.part(bytes, 0);
            try {
                rules.add(rule(entry));
            } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
                rules.add(unreadable(entry));
            }
        }
        return rules;
    }

    private static TableRule rule(ByteBuffer entry) {
        ByteBuffer rest = entry.duplicate().position(RULE_HEADER);
        int matchLength = Short.toUnsignedInt(rest.getShort(RULE_HEADER + 2));
        FlowMatch match = FieldReader.match(entry.slice(RULE_HEADER + MATCH_HEADER, matchLength - MATCH_HEADER));
        rest.position(RULE_HEADER + (matchLength + 7) / 8 * 8);
        return rule(entry, match, ActionReader.instructions(rest));
    }

    /** Returns a rule that may match any frame and have any effect. */
    private static TableRule unreadable(ByteBuffer entry) {
        String hex =
                "unreadable(%s)".formatted(ActionReader.hex(entry.duplicate().position(0)));
        FlowMatch match = new FlowMatch(null, null, null, null, List.of(hex));
        List<Instruction> instructions = List.of(new Instruction.UnknownInstruction(hex));
        return entry.limit() < RULE_HEADER
                ? new TableRule(0, 0xffff, 0, match, instructions, "")
                : rule(entry, match, instructions);
    }

    private static TableRule rule(ByteBuffer entry, FlowMatch match, List<Instruction> instructions) {
        int idle = Short.toUnsignedInt(entry.getShort(14));
        int hard = Short.toUnsignedInt(entry.getShort(16));
        return new TableRule(
                Byte.toUnsignedInt(entry.get(2)),
                Short.toUnsignedInt(entry.getShort(12)),
                entry.getLong(24),
                match,
                instructions,
                idle == 0 && hard == 0 ? "" : "idle_timeout=%d,hard_timeout=%d".formatted(idle, hard));
    }

    /** Reads meter configurations. */
    public static List<TableMeter> meters(byte[] entries) {
        List<TableMeter> meters = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(entries);
        while (bytes.hasRemaining()) {
            ByteBuffer entry = ActionReader.part(bytes, 0);
            int flags = Short.toUnsignedInt(entry.getShort(2));
            List<String> words = new ArrayList<>();
            for (int bit = 0; bit < METER_FLAGS.length; bit++) {
                if ((flags & 1 << bit) != 0) {
                    words.add(METER_FLAGS[bit]);
                }
            }
            ByteBuffer bands = entry.duplicate().position(8);
            while (bands.hasRemaining()) {
                words.add(band(ActionReader.part(bands, 2)));
            }
            meters.add(new TableMeter(Integer.toUnsignedLong(entry.getInt(4)), String.join(" ", words)));
        }
        return meters;
    }

    private static String band(ByteBuffer band) {
        int type = Short.toUnsignedInt(band.getShort(0));
        return "type=%s rate=%d burst_size=%d"
                .formatted(
                        type == 1 ? "drop" : Integer.toString(type),
                        Integer.toUnsignedLong(band.getInt(4)),
                        Integer.toUnsignedLong(band.getInt(8)));
    }

    /** Reads group descriptions. */
    public static Map<Long, TableGroup> groups(byte[] entries) {
        Map<Long, TableGroup> groups = new LinkedHashMap<>();
        ByteBuffer bytes = ByteBuffer.wrap(entries);
        while (bytes.hasRemaining()) {
            ByteBuffer entry = ActionReader.part(bytes, 0);
            long number = Integer.toUnsignedLong(entry.getInt(4));
            int type = Byte.toUnsignedInt(entry.get(2));
            List<TableGroup.GroupBucket> buckets = new ArrayList<>();
            ByteBuffer rest = entry.duplicate().position(8);
            while (rest.hasRemaining()) {
                buckets.add(bucket(ActionReader.part(rest, 0)));
            }
            groups.put(
                    number,
                    new TableGroup(
                            number, type < GROUP_TYPES.length ? GROUP_TYPES[type] : Integer.toString(type), buckets));
        }
        return groups;
    }

    private static TableGroup.GroupBucket bucket(ByteBuffer bucket) {
        return new TableGroup.GroupBucket(
                watched(bucket.getInt(4)),
                watched(bucket.getInt(8)),
                ActionReader.actions(bucket.duplicate().position(BUCKET_HEADER)));
    }

    private static @Nullable Long watched(int number) {
        return number == ANY ? null : Integer.toUnsignedLong(number);
    }

    /** Reads port descriptions: numbers and names. In OpenFlow 1.3 they have a fixed length and do not contain it. */
    public static Map<Long, String> ports(byte[] entries, boolean version13) {
        Map<Long, String> ports = new LinkedHashMap<>();
        ByteBuffer bytes = ByteBuffer.wrap(entries);
        while (bytes.hasRemaining()) {
            ByteBuffer entry;
            if (version13) {
                entry = bytes.slice(bytes.position(), PORT_13);
                bytes.position(bytes.position() + PORT_13);
            } else {
                entry = ActionReader.part(bytes, 4);
            }
            byte[] name = new byte[NAME_LENGTH];
            entry.get(NAME_AT, name);
            ports.put(
                    Integer.toUnsignedLong(entry.getInt(0)),
                    new String(name, StandardCharsets.UTF_8).replace("\0", ""));
        }
        return ports;
    }
}
