package io.vlink.events.networks;

import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.schema.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recorded network. Key: {@code overlay/namespace/name}.
 *
 * @param generation counts the changes of this network; continues through deletion and re-creation
 * @param withdrawn the user removed it; {@code spec} is the last one
 * @param spec what the user declared
 * @param createdAt when this network was first declared
 * @param requestedBy who asked for the last change, as stated in the request; absent where not stated
 */
public record Network(
        NetworkId id,
        long generation,
        boolean withdrawn,
        Instant createdAt,
        NetworkSpec spec,
        @Principal @Nullable String requestedBy) {

    /** The topic of these records. */
    public static final TypedTopic<NetworkId, Network> TOPIC =
            new TypedTopic<>(Topic.NETWORKS, Network.class, NetworkId::of, Network::id);

    /** A network whose requester is not known. */
    public Network(NetworkId id, long generation, boolean withdrawn, Instant createdAt, NetworkSpec spec) {
        this(id, generation, withdrawn, createdAt, spec, null);
    }
}
