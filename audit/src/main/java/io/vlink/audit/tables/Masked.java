package io.vlink.audit.tables;

/** A value of which only the bits of a mask are asked for. */
public record Masked(long value, long mask) {

    /** Whether a value has the bits that are asked for. */
    public boolean accepts(long other) {
        return (other & mask) == (value & mask);
    }

    String text(long exact) {
        return mask == exact ? "0x%x".formatted(value) : "0x%x/0x%x".formatted(value, mask);
    }
}
