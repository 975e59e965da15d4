package io.vlink.operator.network;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.vlink.operator.OperatorConfig;
import io.vlink.operator.pod.Multus;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Maintains two NetworkAttachmentDefinitions for each network, from which Multus plugs pods into it. The network owns
 * them, so they are deleted with it.
 */
@Singleton
public final class AttachmentDefinitions {

    private static final String API_VERSION = "k8s.cni.cncf.io/v1";
    private static final String KIND = "NetworkAttachmentDefinition";
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("vlink-operator")
            .withForce(true)
            .build();
    /** Validity of a check: afterwards the definitions may have been changed or deleted. */
    private static final Duration CHECKED_FOR = Duration.ofMinutes(5);

    private final KubernetesClient client;
    private final String bridge;
    private final Clock clock;
    private final Map<String, Instant> checked = new ConcurrentHashMap<>();

    AttachmentDefinitions(KubernetesClient client, OperatorConfig config, Clock clock) {
        this.client = client;
        this.bridge = config.operator().bridge();
        this.clock = clock;
    }

    /** Creates or restores the definitions of a network; returns when they exist. */
    public void ensure(L2Network network) {
        Instant now = clock.instant();
        String uid = network.getMetadata().getUid();
        if (checked.getOrDefault(uid, Instant.MIN).isAfter(now.minus(CHECKED_FOR))) {
            return;
        }
        for (Multus.Way way : Multus.Way.values()) {
            GenericKubernetesResource unused =
                    client.resource(definition(network, way)).patch(APPLY);
        }
        checked.put(uid, now);
    }

    /** Drops a network that is removed. */
    void drop(L2Network network) {
        checked.remove(network.getMetadata().getUid());
    }

    private GenericKubernetesResource definition(L2Network network, Multus.Way way) {
        String name = network.getMetadata().getName();
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(API_VERSION)
                .withKind(KIND)
                .withNewMetadata()
                .withNamespace(network.getMetadata().getNamespace())
                .withName(way.definition(name))
                .addToLabels("app.kubernetes.io/managed-by", "vlink-operator")
                .addToOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion(network.getApiVersion())
                        .withKind(network.getKind())
                        .withName(name)
                        .withUid(network.getMetadata().getUid())
                        .withController(true)
                        .withBlockOwnerDeletion(false)
                        .build())
                .endMetadata()
                .addToAdditionalProperties("spec", Map.of("config", way.configuration(name, bridge)))
                .build();
    }
}
