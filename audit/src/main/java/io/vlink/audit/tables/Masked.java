package io.vlink.audit.tables;

/** A value to compare in the bits of a mask only. */
public record Masked(long value, long mask) {

    /** Returns whether a value is equal in the bits of the mask. */
    public boolean accepts(long other) {
        return (other & mask) == (value & mask);
    }

    String text(long exact) {
        return mask == exact ? "0x%x".formatted(value) : "0x%x/0x%x".formatted(value, mask);
    }
}
