package io.vlink.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;

/**
 * The cookie of a rule, as typed bit fields. Vlink only touches rules whose upper 16 bits are {@link #MARK}, and so
 * leaves alone the other rules in a switch. Circuit, direction and hop identify the owner of a rule within a switch.
 * The match distinguishes the rules of one hop: there is one for each of its entries.
 *
 * <pre>
 *  63          48 47  44 43                        12 11        1   0
 * +--------------+------+----------------------------+-----------+---+
 * | MARK 0x564c  | kind |       circuit number       | hop       | d |
 * +--------------+------+----------------------------+-----------+---+
 * </pre>
 */
public record Cookie(long value) {

    /** {@code "VL"}. */
    public static final int MARK = 0x564c;

    public static final int MARK_SHIFT = 48;
    public static final int KIND_SHIFT = 44;
    public static final int CIRCUIT_SHIFT = 12;
    public static final int HOP_SHIFT = 1;

    private static final long KIND_MASK = 0xf;

    /** The largest id of a hop. */
    public static final int MAX_HOP = (1 << (CIRCUIT_SHIFT - HOP_SHIFT)) - 1;

    /** The cookie mask that selects all Vlink rules, together with {@link #ours()}. */
    public static final long MARK_MASK = 0xffffL << MARK_SHIFT;

    /** The purpose of a rule. Values are wire format: never renumber. */
    public enum CookieKind {
        /** Carries traffic of a network. */
        FORWARDING(1),
        /**
         * Forwards nothing: states the suite that the switch belongs to, and the offset of vlink.rules up to which the
         * switch was configured.
         */
        SUITE(2),
        /** A rule of the gateway itself: leads frames from table to table. */
        GATEWAY(3);

        private final int code;

        CookieKind(int code) {
            this.code = code;
        }
    }

    /** Returns the cookie of a hop that is the only one of its direction in the switch. */
    public static Cookie of(CookieKind kind, long circuit, Direction direction) {
        return of(kind, circuit, direction, 0);
    }

    /**
     * Assembles the fields.
     *
     * @param circuit the circuit's number, 1 to 4,294,967,295
     * @param hop distinguishes hops of one direction in one switch, 0 to 2,047; 0 where there is only one
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Cookie of(CookieKind kind, long circuit, Direction direction, int hop) {
        if (circuit < 1 || circuit > 0xffffffffL) {
            throw new IllegalArgumentException(
                    "The circuit number (%d) must be between 1 and %d.".formatted(circuit, 0xffffffffL));
        }
        if (hop < 0 || hop > MAX_HOP) {
            throw new IllegalArgumentException("The hop (%d) must be between 0 and %d.".formatted(hop, MAX_HOP));
        }
        return new Cookie(((long) MARK << MARK_SHIFT)
                | ((long) kind.code << KIND_SHIFT)
                | (circuit << CIRCUIT_SHIFT)
                | ((long) hop << HOP_SHIFT)
                | (direction == Direction.REVERSE ? 1 : 0));
    }

    /**
     * Returns the cookie of the rule that states the suite of a switch.
     *
     * @param recorded the offset of vlink.rules up to which the switch was configured
     * @throws IllegalArgumentException if the offset has more than {@value #KIND_SHIFT} bits
     */
    public static Cookie ofSuite(long recorded) {
        if (recorded < 0 || recorded >= 1L << KIND_SHIFT) {
            throw new IllegalArgumentException(
                    "The offset (%d) must be between 0 and %d.".formatted(recorded, (1L << KIND_SHIFT) - 1));
        }
        return new Cookie(((long) MARK << MARK_SHIFT) | ((long) CookieKind.SUITE.code << KIND_SHIFT) | recorded);
    }

    /** Returns the cookie of a rule of the gateway itself that serves all circuits. */
    public static Cookie ofGateway() {
        return new Cookie(((long) MARK << MARK_SHIFT) | ((long) CookieKind.GATEWAY.code << KIND_SHIFT));
    }

    /**
     * Returns the cookie of a rule of the gateway itself that serves the rule with this cookie: same circuit, direction
     * and hop.
     */
    public Cookie ofGatewayFor() {
        return new Cookie((value & ~(KIND_MASK << KIND_SHIFT)) | ((long) CookieKind.GATEWAY.code << KIND_SHIFT));
    }

    /** Whether it belongs to a rule of the gateway itself. */
    public boolean isOfGateway() {
        return is(CookieKind.GATEWAY);
    }

    /** Whether it belongs to the rule that states the suite of the switch. */
    public boolean isOfSuite() {
        return is(CookieKind.SUITE);
    }

    private boolean is(CookieKind kind) {
        return isOurs() && ((value >>> KIND_SHIFT) & KIND_MASK) == kind.code;
    }

    /** The offset of vlink.rules up to which the switch was configured. Only valid if {@link #isOfSuite}. */
    public long recorded() {
        return value & ((1L << KIND_SHIFT) - 1);
    }

    /** The cookie to filter by, together with {@link #MARK_MASK}. */
    public static long ours() {
        return (long) MARK << MARK_SHIFT;
    }

    public boolean isOurs() {
        return (value & MARK_MASK) == ours();
    }

    public long circuit() {
        return (value >>> CIRCUIT_SHIFT) & 0xffffffffL;
    }

    /** The index of the hop among those of its direction in the switch. */
    public int hop() {
        return (int) (value >>> HOP_SHIFT) & MAX_HOP;
    }

    public Direction direction() {
        return (value & 1) == 0 ? Direction.FORWARD : Direction.REVERSE;
    }

    @JsonCreator
    public static Cookie of(String hex) {
        return new Cookie(Long.parseUnsignedLong(hex.startsWith("0x") ? hex.substring(2) : hex, 16));
    }

    @JsonValue
    @Override
    public String toString() {
        return "0x" + HexFormat.of().toHexDigits(value);
    }
}
