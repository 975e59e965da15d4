package io.vlink.networkapi.network;

import io.vlink.events.Violation;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A network as REST shows it.
 *
 * @param generation counts its changes; also its entity tag
 * @param withdrawn present, and true, while it is being removed
 */
@Schema(name = "Network")
record ShownNetwork(
        String overlay,
        String namespace,
        String name,
        long generation,
        Instant createdAt,
        @Nullable Boolean withdrawn,
        NetworkSpec spec,
        Status status) {

    /**
     * What became of it.
     *
     * @param observedGeneration the generation that this speaks of; lower than the network's while news is on its way
     * @param phase one word; {@code Pending} until something is known
     * @param violations why it is refused; absent where it is not
     * @param forward nodes that forward traffic crosses, in order
     * @param reverse nodes that reverse traffic crosses, in order
     */
    record Status(
            long observedGeneration,
            String phase,
            List<Condition> conditions,
            @Nullable List<Violation> violations,
            List<String> forward,
            List<String> reverse,
            List<AttachmentState> attachments) {

        private static final String PENDING = "Pending";

        static Status of(Network network, @Nullable NetworkStatus status, @Nullable PathDecision decision) {
            List<Violation> violations = decision != null
                            && decision.outcome() == Outcome.REFUSED
                            && decision.revision().generation() == network.generation()
                    ? decision.violations()
                    : null;
            if (status == null || isOfAnEarlierLife(network, status)) {
                return new Status(0, PENDING, List.of(), violations, List.of(), List.of(), List.of());
            }
            return new Status(
                    status.revision().generation(),
                    status.phase().name(),
                    status.conditions(),
                    violations,
                    status.forward(),
                    status.reverse(),
                    status.attachments());
        }

        /** The network was removed and declared anew; what is known is still of the one removed. */
        private static boolean isOfAnEarlierLife(Network network, NetworkStatus status) {
            return !network.withdrawn()
                    && status.revision().generation() < network.generation()
                    && (status.phase() == Phase.Removing || status.phase() == Phase.Removed);
        }
    }

    static ShownNetwork of(Network network, @Nullable NetworkStatus status, @Nullable PathDecision decision) {
        return new ShownNetwork(
                network.id().overlay(),
                network.id().namespace(),
                network.id().name(),
                network.generation(),
                network.createdAt(),
                network.withdrawn() ? Boolean.TRUE : null,
                network.spec(),
                Status.of(network, status, decision));
    }
}
