package io.vlink.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;

/**
 * The cookie of a rule, as typed bit fields. A switch that carries rules of others loses none of them: we only ever
 * touch rules whose upper 16 bits are {@link #MARK}. Circuit, direction and hop tell whose a rule is within a switch; of the
 * rules of one hop, one for each of its entries, the match tells which it is.
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

    /** Matches every rule of ours: to be used as cookie mask together with {@link #ours()}. */
    public static final long MARK_MASK = 0xffffL << MARK_SHIFT;

    /** What the rule is for. Values are wire format: never renumber. */
    public enum Kind {
        /** Carries traffic of a network. */
        FORWARDING(1),
        /** Forwards nothing: says which suite the switch belongs to, and up to which offset of vlink.rules it was told. */
        SUITE(2),
        /** The gateway's own: leads frames from table to table. */
        GATEWAY(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    /** That of a hop which is the only one of its direction in the switch. */
    public static Cookie of(Kind kind, long circuit, Direction direction) {
        return of(kind, circuit, direction, 0);
    }

    /**
     * Puts the fields together.
     *
     * @param circuit the circuit's number, 1 to 4,294,967,295
     * @param hop tells hops of one direction in one switch apart, 0 to 2,047; 0 where there is one
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Cookie of(Kind kind, long circuit, Direction direction, int hop) {
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
     * That of the rule which says whose the switch is.
     *
     * @param recorded up to this offset of vlink.rules, and no further, the switch was told
     * @throws IllegalArgumentException if the offset has more than {@value #KIND_SHIFT} bits
     */
    public static Cookie ofSuite(long recorded) {
        if (recorded < 0 || recorded >= 1L << KIND_SHIFT) {
            throw new IllegalArgumentException(
                    "The offset (%d) must be between 0 and %d.".formatted(recorded, (1L << KIND_SHIFT) - 1));
        }
        return new Cookie(((long) MARK << MARK_SHIFT) | ((long) Kind.SUITE.code << KIND_SHIFT) | recorded);
    }

    /** That of a rule of the gateway's own that is there for all circuits. */
    public static Cookie ofGateway() {
        return new Cookie(((long) MARK << MARK_SHIFT) | ((long) Kind.GATEWAY.code << KIND_SHIFT));
    }

    /** That of a rule of the gateway's own that is there for the rule with this cookie: of the same circuit, direction and hop. */
    public Cookie ofGatewayFor() {
        return new Cookie((value & ~(KIND_MASK << KIND_SHIFT)) | ((long) Kind.GATEWAY.code << KIND_SHIFT));
    }

    /** Whether it is that of a rule of the gateway's own. */
    public boolean isOfGateway() {
        return is(Kind.GATEWAY);
    }

    /** Whether it is that of a rule which says whose the switch is. */
    public boolean isOfSuite() {
        return is(Kind.SUITE);
    }

    private boolean is(Kind kind) {
        return isOurs() && ((value >>> KIND_SHIFT) & KIND_MASK) == kind.code;
    }

    /** Up to which offset of vlink.rules the switch was told, where {@link #isOfSuite}. */
    public long recorded() {
        return value & ((1L << KIND_SHIFT) - 1);
    }

    /** The cookie to filter by, with {@link #MARK_MASK}. */
    public static long ours() {
        return (long) MARK << MARK_SHIFT;
    }

    public boolean isOurs() {
        return (value & MARK_MASK) == ours();
    }

    public long circuit() {
        return (value >>> CIRCUIT_SHIFT) & 0xffffffffL;
    }

    /** Which of the hops of its direction in the switch. */
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
