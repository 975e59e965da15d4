package io.vlink.gateway.switches;

/**
 * Frames that a meter dropped.
 *
 * @param packets the number of frames
 * @param bytes the total size of these frames in bytes
 */
public record Drops(long packets, long bytes) {

    static final Drops NONE = new Drops(0, 0);

    Drops plus(Drops other) {
        return new Drops(packets + other.packets, bytes + other.bytes);
    }

    Drops minus(Drops other) {
        return new Drops(packets - other.packets, bytes - other.bytes);
    }

    /** Returns whether the switch has started to count from zero since the other reading. */
    boolean isAnewSince(Drops other) {
        return packets < other.packets || bytes < other.bytes;
    }
}
