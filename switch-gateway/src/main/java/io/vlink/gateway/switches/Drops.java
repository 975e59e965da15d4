package io.vlink.gateway.switches;

/**
 * Frames that a meter dropped.
 *
 * @param packets how many
 * @param bytes bytes of these frames
 */
public record Drops(long packets, long bytes) {

    static final Drops NONE = new Drops(0, 0);

    Drops plus(Drops other) {
        return new Drops(packets + other.packets, bytes + other.bytes);
    }

    Drops minus(Drops other) {
        return new Drops(packets - other.packets, bytes - other.bytes);
    }

    /** Whether the switch began to count from zero since it told the other. */
    boolean isAnewSince(Drops other) {
        return packets < other.packets || bytes < other.bytes;
    }
}
