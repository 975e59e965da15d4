package io.vlink.operator.pool;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vlink.operator.pod.NetworkPod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A port of the pool on one node that is in use, or reserved for a pod that is being admitted.
 *
 * @param claim identifies the pod: the same value is in its annotation
 * @param network the network that the port belongs to meanwhile, as {@code namespace/name}
 * @param namespace namespace of the pod
 * @param pod name of the pod, once known
 * @param uid uid of the pod, once known
 * @param since time when the port was reserved
 * @param leftAt time when the pod was first found missing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Hold(
        String claim,
        String network,
        String namespace,
        @Nullable String pod,
        @Nullable String uid,
        String since,
        @Nullable String leftAt) {

    /** Returns a reservation for a pod that is being admitted. */
    public static Hold promised(String claim, String network, String namespace, Instant now) {
        return new Hold(claim, network, namespace, null, null, now.toString(), null);
    }

    boolean isOf(NetworkPod other) {
        return claim.equals(other.claim())
                && namespace.equals(other.namespace())
                && (uid == null || uid.equals(other.uid()));
    }

    Hold by(NetworkPod seen) {
        return new Hold(claim, network, namespace, seen.name(), seen.uid(), since, null);
    }

    Hold missed(Instant now) {
        return new Hold(claim, network, namespace, pod, uid, since, now.toString());
    }
}
