package io.vlink.operator.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vlink.operator.messaging.OperatorLog;
import io.vlink.operator.overlay.Overlay;
import io.vlink.operator.overlay.OverlayEdit;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Warns if an edit or a deletion of an Overlay touches nodes or links that networks cross; refuses nothing. It uses
 * only what this process has read already and does not wait.
 */
@Singleton
final class OverlayAdmission {

    private final KubernetesClient client;
    private final OperatorLog view;

    OverlayAdmission(KubernetesClient client, OperatorLog view) {
        this.client = client;
        this.view = view;
    }

    /** Returns the warnings for kubectl to print; none while the paths of networks are not known. */
    List<String> warnings(Review review) {
        if (!view.isLoaded() || !review.before().isObject()) {
            return List.of();
        }
        Overlay before = overlay(review.before());
        Overlay after = review.operation().equals("DELETE") ? null : overlay(review.object());
        if (before.getSpec() == null || before.getMetadata().getDeletionTimestamp() != null) {
            return List.of();
        }
        return OverlayEdit.warnings(
                before.getSpec(),
                after == null ? null : after.getSpec(),
                before.getStatus(),
                view.networks().decisions(before.getMetadata().getName()));
    }

    private Overlay overlay(JsonNode object) {
        return client.getKubernetesSerialization().unmarshal(object.toString(), Overlay.class);
    }
}
