package io.vlink.events.switches;

/**
 * The interface that is plugged into a port: an interface of a pod, as ovs-cni notes it in the external ids of OVSDB's
 * Port.
 *
 * @param pod uid of the pod ({@code contPodUid})
 * @param interfaceName name of the interface inside the pod ({@code contIface})
 */
public record Plug(String pod, String interfaceName) {}
