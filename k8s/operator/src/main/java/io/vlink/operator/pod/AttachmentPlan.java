package io.vlink.operator.pod;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.operator.request.OperatorRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Derives the attachments of a network from the pods that are plugged into it, and from those the requests to send.
 * Attachments created by others have other ids and are not touched. Pure.
 */
public final class AttachmentPlan {

    /** Ids of the operator's attachments: {@code pod.NAME.first 8 digits of the uid.INTERFACE}. */
    private static final Pattern OURS = Pattern.compile("pod\\..+\\.[0-9a-f]{8}\\.[a-z0-9.-]+");

    private static final int MAX_NAME = 253;
    private static final int UID_DIGITS = 8;

    private AttachmentPlan() {}

    /** Finds the port that a pod's interface is plugged into, as reported by the node's OVSDB. */
    public interface Ports {
        /** Returns the port; null while it is not known. */
        @Nullable PodPort find(String podUid, String interfaceName);
    }

    /**
     * A port of a node.
     *
     * @param node name of the node in the overlay
     * @param port name of the port
     */
    public record PodPort(String node, String port) {}

    /** Returns the requests to send; none if the recorded attachments are right. */
    public static List<OperatorRequest> of(
            NetworkId network, Collection<NetworkPod> pods, Ports ports, Collection<Attachment> recorded) {
        Map<AttachmentId, AttachmentSpec> wanted = new HashMap<>();
        for (NetworkPod pod : pods) {
            for (Multus.Plugged plugged : pod.pluggedInto(network.namespace(), network.name())) {
                PodPort place = place(pod, plugged, ports);
                if (place != null) {
                    wanted.put(
                            id(network, pod, plugged.interfaceName()),
                            new AttachmentSpec(place.node(), new PortLocator(place.port()), plugged.ips()));
                }
            }
        }
        List<OperatorRequest> requests = new ArrayList<>();
        Map<AttachmentId, AttachmentSpec> there = new HashMap<>();
        for (Attachment attachment : recorded) {
            there.put(attachment.id(), attachment.spec());
            if (OURS.matcher(attachment.id().id()).matches()
                    && !wanted.containsKey(attachment.id())
                    && !stillPlugged(network, attachment.id(), pods)) {
                requests.add(OperatorRequest.withdraw(
                        OperatorRequest.Verb.WITHDRAW_ATTACHMENT,
                        attachment.id().toString()));
            }
        }
        wanted.forEach((id, spec) -> {
            if (!spec.equals(there.get(id))) {
                requests.add(OperatorRequest.declare(
                        OperatorRequest.Verb.DECLARE_ATTACHMENT, id.toString(), null, written(spec)));
            }
        });
        return requests;
    }

    private static @Nullable PodPort place(NetworkPod pod, Multus.Plugged plugged, Ports ports) {
        Integer pooled = pod.pooled().get(plugged.definition());
        return pooled == null || pod.node() == null
                ? ports.find(pod.uid(), plugged.interfaceName())
                : new PodPort(pod.node(), pooled.toString());
    }

    /**
     * Returns whether a pod still has the attachment's interface. While a switch or its OVSDB is away its ports are
     * unknown.
     */
    private static boolean stillPlugged(NetworkId network, AttachmentId id, Collection<NetworkPod> pods) {
        return pods.stream()
                .flatMap(pod -> pod.pluggedInto(network.namespace(), network.name()).stream()
                        .map(plugged -> id(network, pod, plugged.interfaceName())))
                .anyMatch(id::equals);
    }

    /** Returns the id of a pod's attachment. A pod that replaces another of the same name gets another id. */
    public static AttachmentId id(NetworkId network, NetworkPod pod, String interfaceName) {
        String tail = "." + pod.uid().substring(0, UID_DIGITS) + "."
                + interfaceName
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9.-]", "-")
                        .replaceAll("[-.]+$", "");
        String name = pod.name();
        int room = MAX_NAME - "pod.".length() - tail.length();
        return new AttachmentId(network, "pod." + (name.length() <= room ? name : name.substring(0, room)) + tail);
    }

    private static ObjectNode written(AttachmentSpec spec) {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        written.put("node", spec.node()).put("port", spec.port().text());
        spec.ips().forEach(written.putArray("ips")::add);
        return written;
    }
}
