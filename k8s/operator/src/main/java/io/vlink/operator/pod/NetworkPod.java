package io.vlink.operator.pod;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a pod that concern its networks. Pure.
 *
 * @param node the node where the scheduler placed it; null while it is not placed
 * @param ended whether its containers have ended for good and it has no interface any more
 * @param claim the id of its admission; null if it was not admitted by the webhook
 * @param pooled numbers of a pool's ports that it holds for the network in question, by definition
 */
public record NetworkPod(
        String namespace,
        String name,
        String uid,
        @Nullable String node,
        boolean ended,
        @Nullable String claim,
        List<NetworkRequest> requests,
        List<Multus.Plugged> plugged,
        Map<String, Integer> pooled) {

    /** Label of the pods that the operator watches. */
    public static final String LABEL = "l2sm";
    /** Annotation that identifies the addresses of a pod; written at admission. */
    public static final String CLAIM = "l2sm/claim";

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    public NetworkPod {
        requests = List.copyOf(requests);
        plugged = List.copyOf(plugged);
        pooled = Map.copyOf(pooled);
    }

    /** Returns this pod with its ports of a pool. */
    public NetworkPod withPooled(Map<String, Integer> ports) {
        return new NetworkPod(namespace, name, uid, node, ended, claim, requests, plugged, ports);
    }

    public static NetworkPod of(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations() == null
                ? Map.of()
                : pod.getMetadata().getAnnotations();
        String written = annotations.get(NetworkAnnotation.KEY);
        List<NetworkRequest> requests =
                written != null && NetworkAnnotation.read(written) instanceof NetworkAnnotation.Parsed read
                        ? read.requests()
                        : List.of();
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return new NetworkPod(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                pod.getSpec() == null ? null : pod.getSpec().getNodeName(),
                phase != null && ENDED.contains(phase),
                annotations.get(CLAIM),
                requests,
                Multus.plugged(annotations.get(Multus.STATUS), annotations.get(Multus.NETWORKS)),
                Map.of());
    }

    /** Returns whether the pod asks for a network. */
    public boolean asksFor(String networkNamespace, String network) {
        return requests.stream().anyMatch(request -> is(request, networkNamespace, network));
    }

    private boolean is(NetworkRequest request, String networkNamespace, String network) {
        String namespace = request.namespace() == null ? this.namespace : request.namespace();
        return request.name().equals(network) && namespace.equals(networkNamespace);
    }

    /** Returns the pod's interfaces on a network, in the order in which Multus plugged them in. */
    public List<Multus.Plugged> pluggedInto(String networkNamespace, String network) {
        if (ended || !asksFor(networkNamespace, network)) {
            return List.of();
        }
        Set<String> definitions = Set.of(
                networkNamespace + "/" + Multus.Way.ADDRESSED.definition(network),
                networkNamespace + "/" + Multus.Way.PLAIN.definition(network));
        List<Multus.Plugged> found = new ArrayList<>();
        for (Multus.Plugged each : plugged) {
            if (definitions.contains(each.definition()) || pooled.containsKey(each.definition())) {
                found.add(each);
            }
        }
        return found;
    }
}
