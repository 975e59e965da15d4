package io.vlink.events.networks;

import io.vlink.events.NetworkId;
import java.time.Instant;

/**
 * A recorded network. Key: {@code overlay/namespace/name}.
 *
 * @param generation counts the changes of this network and goes on through deletion and re-creation
 * @param withdrawn the user removed it; {@code spec} is as it was last
 * @param spec what the user declared
 * @param createdAt when this network was first declared
 */
public record Network(NetworkId id, long generation, boolean withdrawn, Instant createdAt, NetworkSpec spec) {}
