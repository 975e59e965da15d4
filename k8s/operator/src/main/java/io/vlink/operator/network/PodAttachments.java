package io.vlink.operator.network;

import io.fabric8.kubernetes.api.model.Pod;
import io.vlink.events.NetworkId;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.PathDecision;
import io.vlink.operator.Announcer;
import io.vlink.operator.OperatorConfig;
import io.vlink.operator.messaging.OperatorLog;
import io.vlink.operator.messaging.Requests;
import io.vlink.operator.pod.AttachmentPlan;
import io.vlink.operator.pod.Multus;
import io.vlink.operator.pod.NetworkPod;
import io.vlink.operator.request.OnBehalf;
import io.vlink.operator.request.OperatorRequest;
import io.vlink.operator.request.PendingRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps attachments in step with the pods of a network, and publishes Events about them on the pods. */
@Singleton
final class PodAttachments {

    private final OperatorLog view;
    private final Requests requests;
    private final Announcer announcer;
    private final Duration patience;

    PodAttachments(OperatorLog view, Requests requests, Announcer announcer, OperatorConfig config) {
        this.view = view;
        this.requests = requests;
        this.announcer = announcer;
        this.patience = config.operator().answerDeadline();
    }

    /** Requests the attachments of the pods of a network and returns how many pods are plugged in. */
    int follow(NetworkId network, L2Network resource, List<NetworkPod> joining, List<Pod> pods, Instant now) {
        if (view.isLoaded()) {
            ask(
                    network,
                    AttachmentPlan.of(
                            network,
                            joining,
                            (uid, name) -> view.place(network.overlay(), uid, name),
                            view.networks().attachments(network)),
                    now);
        }
        tell(network, joining, pods);
        String namespace = resource.getMetadata().getNamespace();
        String name = resource.getMetadata().getName();
        return (int) joining.stream()
                .filter(pod -> !pod.pluggedInto(namespace, name).isEmpty())
                .count();
    }

    /** Withdraws the operator's attachments of a network that is being removed. */
    void leave(NetworkId network, Instant now) {
        ask(
                network,
                AttachmentPlan.of(
                        network, List.of(), (uid, name) -> null, view.networks().attachments(network)),
                now);
    }

    private void ask(NetworkId network, List<OperatorRequest> wanted, Instant now) {
        for (OperatorRequest request : wanted) {
            PendingRequest asked = requests.last(request);
            // An answered request without a visible effect may have been overtaken by another: it is repeated after a
            // while.
            if (asked == null
                    || !asked.request().sameAs(request)
                    || now.isAfter(asked.at().plus(patience))) {
                requests.ask(request, OnBehalf.network(network.namespace(), network.name()), now);
            }
        }
    }

    private void tell(NetworkId network, List<NetworkPod> joining, List<Pod> pods) {
        PathDecision decision = view.networks().decision(network);
        Map<String, AttachmentState> states = new HashMap<>();
        if (decision != null) {
            decision.attachments().forEach(state -> states.put(state.attachment(), state));
        }
        Map<String, Pod> byUid = new HashMap<>();
        pods.forEach(pod -> byUid.put(pod.getMetadata().getUid(), pod));
        for (NetworkPod pod : joining) {
            Pod about = byUid.get(pod.uid());
            List<Multus.Plugged> interfaces = pod.pluggedInto(network.namespace(), network.name());
            if (about != null && interfaces.isEmpty() && isRunning(about)) {
                announcer.warning(
                        about,
                        "NotPlugged",
                        "The pod runs without an interface on the network %s: Multus did not plug it in before it started. Check Multus, then create the pod again."
                                .formatted(network.name()));
            }
            for (Multus.Plugged plugged : interfaces) {
                AttachmentState state = states.get(
                        AttachmentPlan.id(network, pod, plugged.interfaceName()).id());
                if (state != null && about != null) {
                    tell(about, network, state);
                }
            }
        }
    }

    private static boolean isRunning(Pod pod) {
        return pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase());
    }

    private void tell(Pod pod, NetworkId network, AttachmentState state) {
        String reason = state.reason();
        if (reason != null) {
            announcer.warning(pod, reason, "Network %s: %s".formatted(network.name(), words(state.message())));
        } else if (state.holds()) {
            announcer.normal(pod, "Attached", "The pod holds an endpoint of the network %s.".formatted(network.name()));
        }
    }

    private static String words(@Nullable String message) {
        return message == null ? "" : message;
    }
}
