package io.vlink.operator.pod;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network that a pod asks for in its annotation.
 *
 * @param namespace namespace of the network; null: the pod's own namespace
 * @param ips addresses with prefix length; empty: the network assigns one if it has a range, else plain layer 2
 * @param interfaceName name of the interface inside the pod; null: Multus chooses
 */
public record NetworkRequest(
        @Nullable String namespace,
        String name,
        List<String> ips,
        @Nullable String interfaceName) {
    public NetworkRequest {
        ips = List.copyOf(ips);
    }
}
