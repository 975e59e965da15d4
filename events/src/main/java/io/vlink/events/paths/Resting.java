package io.vlink.events.paths;

import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A circuit whose rules are confirmed gone. Its labels and numbers rest a while before they are given out again: the
 * datapath cache of a switch follows its tables late, and a label used again at once would deliver another's frames. Key:
 * {@code overlay/circuit number}; deleted some time after the rest is over, so whoever finds any of it held by a circuit, or in
 * a later rest, knows that this one was over. A record of its own, so that a network which is made and deleted in quick
 * succession does not drag what rests along in each of its decisions.
 *
 * @param overlay the overlay's name
 * @param circuit what rests
 * @param until when the rest is over
 * @param network present where a circuit of this network left these ports because they were renumbered: that network may
 *     come back to them at any time
 */
public record Resting(
        String overlay,
        Circuit circuit,
        Instant until,
        @Nullable NetworkId network) {

    /** Where it stands. */
    public static final TypedTopic<ResourceId, Resting> TOPIC =
            new TypedTopic<>(Topic.RESTING, Resting.class, ResourceId::of, Resting::id);

    /** What nobody comes back to before the rest is over. */
    public Resting(String overlay, Circuit circuit, Instant until) {
        this(overlay, circuit, until, null);
    }

    /** The same, in its parts. */
    public ResourceId id() {
        return new ResourceId(overlay, Long.toString(circuit.number()));
    }

    /** The key that this record is written under. */
    public String key() {
        return overlay + "/" + circuit.number();
    }
}
