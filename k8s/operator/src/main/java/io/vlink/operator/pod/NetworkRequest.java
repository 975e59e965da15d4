package io.vlink.operator.pod;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One network that a pod asks for in its annotation.
 *
 * @param namespace where the network lives; absent: the pod's own namespace
 * @param ips addresses with prefix length; empty: one of the network's, if that gives out any, else plain layer 2
 * @param interfaceName name of the interface inside the pod; absent: Multus chooses
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
