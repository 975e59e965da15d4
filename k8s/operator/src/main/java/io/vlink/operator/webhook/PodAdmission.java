package io.vlink.operator.webhook;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vlink.operator.network.AddressBook;
import io.vlink.operator.network.AddressClaims;
import io.vlink.operator.network.AttachmentDefinitions;
import io.vlink.operator.network.L2Network;
import io.vlink.operator.network.Overlays;
import io.vlink.operator.overlay.Overlay;
import io.vlink.operator.pod.AddressRange;
import io.vlink.operator.pod.Multus;
import io.vlink.operator.pod.NetworkAnnotation;
import io.vlink.operator.pod.NetworkPod;
import io.vlink.operator.pod.NetworkRequest;
import io.vlink.operator.pool.Hold;
import io.vlink.operator.pool.PoolBook;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Admits or refuses pods and writes their annotations for Multus. Called on worker threads. */
@Singleton
final class PodAdmission {

    private static final String HOSTNAME = "kubernetes.io/hostname";

    private final KubernetesClient client;
    private final AddressBook addresses;
    private final AttachmentDefinitions definitions;
    private final Overlays overlays;
    private final PoolBook pools;
    private final Clock clock;

    PodAdmission(
            KubernetesClient client,
            AddressBook addresses,
            AttachmentDefinitions definitions,
            Overlays overlays,
            PoolBook pools,
            Clock clock) {
        this.client = client;
        this.addresses = addresses;
        this.definitions = definitions;
        this.overlays = overlays;
        this.pools = pools;
        this.clock = clock;
    }

    /** The result of an admission. */
    sealed interface AdmissionResponse {
        /** The pod is admitted unchanged. */
        record Unchanged() implements AdmissionResponse {}

        /** The pod is admitted with these annotations. */
        record Annotated(Map<String, String> annotations) implements AdmissionResponse {}

        /** The pod is refused; {@code message} is shown to the user. */
        record PodDenied(String message) implements AdmissionResponse {}
    }

    /**
     * Admits or refuses a pod.
     *
     * @param namespace namespace of the pod, which its own metadata may omit
     * @param uid uid of the admission request; from now on the pod's claim
     * @param dryRun whether nothing may be changed
     */
    AdmissionResponse admit(Pod pod, String namespace, String uid, boolean dryRun) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations() == null
                ? Map.of()
                : pod.getMetadata().getAnnotations();
        String written = annotations.get(NetworkAnnotation.KEY);
        if (written == null) {
            return new AdmissionResponse.Unchanged();
        }
        return switch (NetworkAnnotation.read(written)) {
            case NetworkAnnotation.Unreadable unreadable ->
                new AdmissionResponse.PodDenied("the annotation %s: %s"
                        .formatted(NetworkAnnotation.KEY, String.join("; ", unreadable.problems())));
            case NetworkAnnotation.Parsed read -> admit(pod, namespace, uid, dryRun, annotations, read.requests());
        };
    }

    private AdmissionResponse admit(
            Pod pod,
            String namespace,
            String uid,
            boolean dryRun,
            Map<String, String> annotations,
            List<NetworkRequest> requests) {
        List<L2Network> networks = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (NetworkRequest request : requests) {
            String home = request.namespace() == null ? namespace : request.namespace();
            L2Network network = client.resources(L2Network.class)
                    .inNamespace(home)
                    .withName(request.name())
                    .get();
            String problem = problem(network, request.name(), home, namespace);
            if (problem == null) {
                networks.add(Objects.requireNonNull(network));
            } else {
                problems.add(problem);
            }
        }
        if (!problems.isEmpty()) {
            return new AdmissionResponse.PodDenied(
                    "the annotation %s: %s".formatted(NetworkAnnotation.KEY, String.join("; ", problems)));
        }
        List<Multus.Selection> selections = new ArrayList<>();
        AddressClaims.AddressOwner owner =
                new AddressClaims.AddressOwner(uid, namespace, pod.getMetadata().getName());
        for (int i = 0; i < requests.size(); i++) {
            NetworkRequest request = requests.get(i);
            L2Network network = networks.get(i);
            List<String> ips = request.ips();
            AddressRange range = AddressRange.of(
                    network.getSpec().networkCIDR(), network.getSpec().podAddressRange());
            if (range != null) {
                switch (addresses.give(network, range, ips, owner, dryRun)) {
                    case AddressClaims.Result.Given given -> ips = given.ips();
                    case AddressClaims.Result.Denied denied -> {
                        return new AdmissionResponse.PodDenied(
                                "the network %s: %s".formatted(request.name(), denied.reason()));
                    }
                }
            }
            String overlay = overlays.of(network);
            String pooled = null;
            if (overlay != null && pools.of(overlay) != null) {
                pooled = port(pod, overlay, network, namespace, uid, dryRun);
                if (pooled == null) {
                    return new AdmissionResponse.PodDenied(
                            "the network %s: all ports of the pool of the Overlay %s are in use; delete a pod, or raise interfaceNumber of the Overlay"
                                    .formatted(request.name(), overlay));
                }
                // The pool's definitions have address management, which fails if it is given no address.
                ips = ips.isEmpty() ? List.of(LinkLocal.of(uid, i)) : ips;
            } else if (!dryRun) {
                definitions.ensure(network);
            }
            selections.add(new Multus.Selection(
                    ips.isEmpty() ? Multus.Way.PLAIN : Multus.Way.ADDRESSED,
                    network.getMetadata().getNamespace(),
                    network.getMetadata().getName(),
                    ips,
                    request.interfaceName(),
                    pooled));
        }
        try {
            Map<String, String> next = new LinkedHashMap<>();
            next.put(Multus.NETWORKS, Multus.merged(annotations.get(Multus.NETWORKS), selections));
            next.put(NetworkPod.CLAIM, uid);
            return new AdmissionResponse.Annotated(next);
        } catch (IllegalArgumentException e) {
            return new AdmissionResponse.PodDenied(
                    "the annotation %s cannot be used: %s".formatted(Multus.NETWORKS, e.getMessage()));
        }
    }

    /**
     * Reserves a port that is free wherever the scheduler may place the pod; the surplus is released once it is placed.
     */
    private @Nullable String port(
            Pod pod, String overlay, L2Network network, String namespace, String uid, boolean dryRun) {
        List<String> nodes;
        Map<String, String> selector = pod.getSpec().getNodeSelector();
        if (pod.getSpec().getNodeName() != null) {
            nodes = List.of(pod.getSpec().getNodeName());
        } else if (selector != null && selector.containsKey(HOSTNAME)) {
            nodes = List.of(Objects.requireNonNull(selector.get(HOSTNAME)));
        } else {
            nodes = client.resources(Overlay.class).inAnyNamespace().list().getItems().stream()
                    .filter(each -> each.getMetadata().getName().equals(overlay))
                    .flatMap(each -> each.getSpec().topology().nodes().stream())
                    .distinct()
                    .toList();
        }
        String id = network.getMetadata().getNamespace() + "/"
                + network.getMetadata().getName();
        return nodes.isEmpty()
                ? null
                : pools.take(overlay, nodes, Hold.promised(uid, id, namespace, clock.instant()), dryRun);
    }

    private static @Nullable String problem(
            @Nullable L2Network network, String name, String home, String podNamespace) {
        if (network == null) {
            return "the L2Network %s does not exist in the namespace %s; apply it first".formatted(name, home);
        }
        if (network.getMetadata().getDeletionTimestamp() != null) {
            return "the L2Network %s in the namespace %s is being deleted".formatted(name, home);
        }
        if (!network.getSpec().admits(podNamespace, home)) {
            return "the L2Network %s in the namespace %s does not admit pods of the namespace %s; add that to its spec.allowedNamespaces"
                    .formatted(name, home, podNamespace);
        }
        return null;
    }
}
