package io.vlink.gateway.switches.entries;

/**
 * Frames that a meter dropped.
 *
 * @param packets the number of frames
 * @param bytes the total size of these frames in bytes
 */
public record Drops(long packets, long bytes) {

    public static final Drops NONE = new Drops(0, 0);

    public Drops plus(Drops other) {
        return new Drops(packets + other.packets, bytes + other.bytes);
    }

    public Drops minus(Drops other) {
        return new Drops(packets - other.packets, bytes - other.bytes);
    }

    /** Returns whether the switch has started to count from zero since the other reading. */
    public boolean isAnewSince(Drops other) {
        return packets < other.packets || bytes < other.bytes;
    }
}
