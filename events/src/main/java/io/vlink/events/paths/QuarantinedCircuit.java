package io.vlink.events.paths;

import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.schema.PublishedAs;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A circuit whose rules are confirmed removed, and whose labels and numbers are in quarantine before they are assigned
 * again. The datapath cache of a switch follows its tables with a delay, and a label reused at once would deliver
 * frames of another network. Key: {@code overlay/circuit number}. Deleted some time after the quarantine ended. If a
 * circuit holds any of the labels or numbers, or a later quarantine does, then this quarantine is over. It is a record
 * of its own to keep a network's decisions short when the network is created and deleted in quick succession.
 *
 * @param overlay the overlay's name
 * @param circuit the circuit whose labels and numbers are in quarantine
 * @param until when the quarantine ends
 * @param network present where a circuit of this network left these ports because they were renumbered: that network
 *     may return to them at any time
 */
@PublishedAs("Resting")
public record QuarantinedCircuit(
        String overlay,
        Circuit circuit,
        Instant until,
        @Nullable NetworkId network) {

    /** The topic of these records. */
    public static final TypedTopic<ResourceId, QuarantinedCircuit> TOPIC =
            new TypedTopic<>(Topic.RESTING, QuarantinedCircuit.class, ResourceId::of, QuarantinedCircuit::id);

    /** A quarantine whose ports no network may return to before it ends. */
    public QuarantinedCircuit(String overlay, Circuit circuit, Instant until) {
        this(overlay, circuit, until, null);
    }

    /** The key, in its parts. */
    public ResourceId id() {
        return new ResourceId(overlay, Long.toString(circuit.number()));
    }

    /** The key that this record is written under. */
    public String key() {
        return overlay + "/" + circuit.number();
    }
}
