package io.vlink.operator.pool;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vlink.operator.pod.NetworkPod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One port of the pool on one node that is in use, or promised to a pod that is being admitted.
 *
 * @param claim says which pod: it bears the same in its annotation
 * @param network that the port belongs to meanwhile, as {@code namespace/name}
 * @param namespace of the pod
 * @param pod its name, once known
 * @param uid its uid, once known
 * @param since when the port was given
 * @param leftAt when the pod was missed first
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

    /** Promised. */
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
