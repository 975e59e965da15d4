package io.vlink.audit.tables;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads OXM fields (OpenFlow 1.4.1 §7.2.2): those that affect forwarding are interpreted, the others are kept as text. */
final class FieldReader {

    private static final int BASIC = 0x8000;
    private static final int IN_PORT = 0;
    private static final int METADATA = 2;
    private static final int VLAN_VID = 6;
    private static final int TUNNEL_ID = 38;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(IN_PORT, "in_port"),
            Map.entry(METADATA, "metadata"),
            Map.entry(3, "dl_dst"),
            Map.entry(4, "dl_src"),
            Map.entry(5, "dl_type"),
            Map.entry(VLAN_VID, "vlan_vid"),
            Map.entry(7, "dl_vlan_pcp"),
            Map.entry(8, "ip_dscp"),
            Map.entry(10, "nw_proto"),
            Map.entry(11, "nw_src"),
            Map.entry(12, "nw_dst"),
            Map.entry(13, "tcp_src"),
            Map.entry(14, "tcp_dst"),
            Map.entry(15, "udp_src"),
            Map.entry(16, "udp_dst"),
            Map.entry(21, "arp_op"),
            Map.entry(TUNNEL_ID, "tun_id"));

    private FieldReader() {}

    /** One field as on the wire. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Field(int kind, int number, byte[] value, byte @Nullable [] mask) {

        boolean is(int basic, int bytes) {
            return kind == BASIC && number == basic && value.length == bytes;
        }

        long number(byte[] bytes) {
            long read = 0;
            for (byte b : bytes) {
                read = (read << Byte.SIZE) | (b & 0xff);
            }
            return read;
        }

        Masked masked(long exact) {
            return new Masked(number(value), mask == null ? exact : number(mask));
        }

        String name() {
            String name = kind == BASIC ? NAMES.get(number) : null;
            return name == null ? "oxm_%04x_%d".formatted(kind, number) : name;
        }

        String text() {
            String hex = HexFormat.of().formatHex(value);
            return name() + "=0x" + hex
                    + (mask == null ? "" : "/0x" + HexFormat.of().formatHex(mask));
        }
    }

    /** Reads fields to the end of the buffer. */
    static FlowMatch match(ByteBuffer bytes) {
        Long inPort = null;
        Masked vlan = null;
        Masked tunnel = null;
        Masked metadata = null;
        List<String> others = new ArrayList<>();
        while (bytes.hasRemaining()) {
            Field field = next(bytes);
            if (field.is(IN_PORT, 4) && field.mask() == null) {
                inPort = field.number(field.value());
            } else if (field.is(VLAN_VID, 2)) {
                vlan = field.masked(FlowMatch.WHOLE_VLAN);
            } else if (field.is(TUNNEL_ID, 8)) {
                tunnel = field.masked(-1);
            } else if (field.is(METADATA, 8)) {
                metadata = field.masked(-1);
            } else {
                others.add(field.text());
            }
        }
        others.sort(null);
        return new FlowMatch(inPort, vlan, tunnel, metadata, others);
    }

    /** Reads the body of a set-field action. */
    static FlowAction set(ByteBuffer bytes) {
        Field field = next(bytes);
        if (field.is(VLAN_VID, 2) && field.mask() == null) {
            return new FlowAction.SetVlan((int) field.number(field.value()) & ~FlowMatch.TAGGED);
        } else if (field.is(TUNNEL_ID, 8) && field.mask() == null) {
            return new FlowAction.SetTunnel(field.number(field.value()));
        }
        String text = "set_field:" + field.text();
        boolean steers = field.kind() != BASIC
                || field.number() == VLAN_VID
                || field.number() == TUNNEL_ID
                || field.number() == METADATA
                || field.number() == IN_PORT;
        return steers ? new FlowAction.UnknownAction(text) : new FlowAction.Rewrite(text);
    }

    private static Field next(ByteBuffer bytes) {
        int kind = Short.toUnsignedInt(bytes.getShort());
        int flags = Byte.toUnsignedInt(bytes.get());
        int length = Byte.toUnsignedInt(bytes.get());
        boolean masked = (flags & 1) != 0;
        byte[] value = new byte[masked ? length / 2 : length];
        bytes.get(value);
        byte[] mask = null;
        if (masked) {
            mask = new byte[length - value.length];
            bytes.get(mask);
        }
        return new Field(kind, flags >> 1, value, mask);
    }
}
