package io.vlink.flow.sample;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A frame between switches or workloads.
 *
 * @param payload distinguishes it from other frames
 * @param tags VLAN tags from the outermost to the innermost
 * @param vni that of the tunnel that it travels in; not part of the frame
 */
public record Frame(
        String payload, List<Tag> tags, @Nullable Integer vni) {

    /** A VLAN tag: 0x8100 or 0x88a8, and its id. */
    public record Tag(int type, int id) {}

    public Frame {
        tags = List.copyOf(tags);
    }

    public static Frame plain(String payload) {
        return new Frame(payload, List.of(), null);
    }

    public static Frame tagged(String payload, Tag... tags) {
        return new Frame(payload, List.of(tags), null);
    }

    Frame pushed(int id) {
        List<Tag> more = new ArrayList<>(tags);
        more.addFirst(new Tag(0x8100, id));
        return new Frame(payload, more, vni);
    }

    Frame popped() {
        return new Frame(payload, tags.subList(1, tags.size()), vni);
    }

    Frame in(@Nullable Integer tunnel) {
        return new Frame(payload, tags, tunnel);
    }
}
