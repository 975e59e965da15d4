package io.vlink.gateway.openflow.mapping;

import io.vlink.events.Cookie;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.entries.ForeignRule;
import io.vlink.gateway.switches.entries.ForeignRule.Bits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Parses the rules of others in a flow statistics reply (OpenFlow 1.3.4, §7.3.5.2; 1.4 has the same layout). Skips unknown
 * parts by their length: no rule can hide other rules.
 */
public final class ForeignParser {

    private static final int TABLE = 2;
    private static final int SECONDS = 4;
    private static final int PRIORITY = 12;
    private static final int COOKIE = 24;
    private static final int MATCH = 48;
    private static final int SHORTEST = MATCH + 8;
    private static final int MATCH_HEADER = 4;
    private static final int OXM_MATCH = 1;
    private static final int OXM_HEADER = 4;
    private static final int BASIC = 0x8000;
    private static final int IN_PORT = 0;
    private static final int VLAN_VID = 6;
    private static final int TUNNEL_ID = 38;

    private ForeignParser() {}

    /** The parsed parts of one match. */
    private static final class Found {
        private @Nullable PortNumber inPort;
        private Bits vlan = Bits.ANY;
        private Bits tunnel = Bits.ANY;
        private boolean readable = true;
        /** True if it matches on a port that no rule of Vlink matches on, such as LOCAL. */
        private boolean elsewhere;
    }

    /** Reports each rule without Vlink's mark in a table that Vlink uses, and the age of the rule. */
    public static void read(byte[] entries, BiConsumer<ForeignRule, Duration> each) {
        ByteBuffer in = ByteBuffer.wrap(entries);
        while (in.hasRemaining()) {
            int start = in.position();
            int length = in.remaining() < SHORTEST ? 0 : Short.toUnsignedInt(in.getShort(start));
            if (length < SHORTEST || length > in.remaining()) {
                each.accept(ForeignRule.unknown(Table.CLASSIFY), Duration.ZERO);
                return;
            }
            Table table = Table.at(Byte.toUnsignedInt(in.get(start + TABLE)));
            if (table != null && !new Cookie(in.getLong(start + COOKIE)).isOurs()) {
                int priority = Short.toUnsignedInt(in.getShort(start + PRIORITY));
                Found found = match(in.slice(start + MATCH, length - MATCH));
                each.accept(
                        new ForeignRule(
                                table,
                                priority,
                                found.inPort,
                                found.vlan,
                                found.tunnel,
                                found.readable,
                                found.elsewhere),
                        Duration.ofSeconds(Integer.toUnsignedLong(in.getInt(start + SECONDS))));
            }
            in.position(start + length);
        }
    }

    private static Found match(ByteBuffer in) {
        Found found = new Found();
        int length = Short.toUnsignedInt(in.getShort(2));
        if (in.getShort(0) != OXM_MATCH || length < MATCH_HEADER || length > in.capacity()) {
            found.readable = false;
            return found;
        }
        ByteBuffer fields = in.slice(MATCH_HEADER, length - MATCH_HEADER);
        while (fields.hasRemaining()) {
            int size = fields.remaining() < OXM_HEADER ? -1 : Byte.toUnsignedInt(fields.get(fields.position() + 3));
            if (size < 0 || size > fields.remaining() - OXM_HEADER) {
                found.readable = false;
                return found;
            }
            int oxmClass = Short.toUnsignedInt(fields.getShort());
            int field = Byte.toUnsignedInt(fields.get());
            fields.get();
            if (oxmClass == BASIC) {
                basic(found, field >> 1, (field & 1) != 0, fields.slice(fields.position(), size));
            } else {
                found.readable = false;
            }
            fields.position(fields.position() + size);
        }
        return found;
    }

    private static void basic(Found found, int field, boolean masked, ByteBuffer value) {
        switch (field) {
            case IN_PORT -> {
                if (value.capacity() == Integer.BYTES) {
                    port(found, Integer.toUnsignedLong(value.getInt(0)));
                } else {
                    found.readable = false;
                }
            }
            case VLAN_VID -> found.vlan = bits(found, masked, value, Short.BYTES);
            case TUNNEL_ID -> found.tunnel = bits(found, masked, value, Long.BYTES);
            default -> {} // frames of Vlink's networks may have any value of it
        }
    }

    private static void port(Found found, long number) {
        if (number >= 1 && number <= PortNumber.MAX) {
            found.inPort = PortNumber.of(number);
        } else {
            found.elsewhere = true;
        }
    }

    private static Bits bits(Found found, boolean masked, ByteBuffer value, int size) {
        if (value.capacity() != (masked ? 2 * size : size)) {
            found.readable = false;
            return Bits.ANY;
        }
        return new Bits(number(value, 0, size), masked ? number(value, size, size) : -1);
    }

    private static long number(ByteBuffer value, int at, int size) {
        return size == Short.BYTES ? Short.toUnsignedLong(value.getShort(at)) : value.getLong(at);
    }
}
