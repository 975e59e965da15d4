package io.vlink.operator.network;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vlink.operator.overlay.Overlay;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the overlay of a network: the one it names, else the one chosen before, else the only one or {@code default}.
 */
@Singleton
public final class Overlays {

    private static final String DEFAULT = "default";

    private final KubernetesClient client;

    Overlays(KubernetesClient client) {
        this.client = client;
    }

    /** Returns the overlay's name; null if there is none yet. */
    public @Nullable String of(L2Network network) {
        String named = network.getSpec().overlay();
        if (named != null) {
            return named;
        }
        L2NetworkStatus status = network.getStatus();
        if (status != null && status.overlay() != null) {
            return status.overlay();
        }
        return choose(client.resources(Overlay.class).inAnyNamespace().list().getItems().stream()
                .map(overlay -> overlay.getMetadata().getName())
                .distinct()
                .toList());
    }

    static @Nullable String choose(List<String> names) {
        if (names.size() == 1) {
            return names.getFirst();
        }
        return names.contains(DEFAULT) ? DEFAULT : null;
    }
}
