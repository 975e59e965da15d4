package io.vlink.networkapi.network;

import io.vlink.events.networks.Network;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.reasons.Violation;
import io.vlink.events.statuses.Condition;
import io.vlink.networkapi.view.SpokenStatus;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A network as REST shows it.
 *
 * @param generation counts its changes; also its entity tag
 * @param requestedBy who requested the last change; absent if unknown
 * @param withdrawn true while it is being removed; absent otherwise
 */
@Schema(name = "Network")
record ShownNetwork(
        String overlay,
        String namespace,
        String name,
        long generation,
        Instant createdAt,
        @Nullable String requestedBy,
        @Nullable Boolean withdrawn,
        ShownSpec spec,
        ShownNetworkStatus status) {

    /**
     * Its status.
     *
     * @param observedGeneration the generation that the status is about; lower than the network's while an update is on
     *     its way
     * @param phase the phase; {@code Pending} until something is known, {@code Unknown} if it was Ready and a service
     *     is missing that would confirm it
     * @param violations why it is refused; absent if it is not
     * @param forward nodes that forward traffic crosses, in order
     * @param reverse nodes that reverse traffic crosses, in order
     */
    @Schema(name = "Status")
    record ShownNetworkStatus(
            long observedGeneration,
            String phase,
            List<Condition> conditions,
            @Nullable List<Violation> violations,
            List<String> forward,
            List<String> reverse,
            List<AttachmentState> attachments) {

        static ShownNetworkStatus of(Network network, @Nullable SpokenStatus said, @Nullable PathDecision decision) {
            List<Violation> violations = decision != null
                            && decision.outcome() == Outcome.REFUSED
                            && decision.revision().generation() == network.generation()
                    ? decision.violations()
                    : null;
            if (said == null) { // it was deleted just now
                return new ShownNetworkStatus(0, "Pending", List.of(), violations, List.of(), List.of(), List.of());
            }
            return new ShownNetworkStatus(
                    said.revision().generation(),
                    said.phase(),
                    said.conditions(),
                    violations,
                    said.forward(),
                    said.reverse(),
                    said.attachments());
        }
    }

    static ShownNetwork of(Network network, @Nullable SpokenStatus said, @Nullable PathDecision decision) {
        return new ShownNetwork(
                network.id().overlay(),
                network.id().namespace(),
                network.id().name(),
                network.generation(),
                network.createdAt(),
                network.requestedBy(),
                network.withdrawn() ? Boolean.TRUE : null,
                ShownSpec.of(network.spec()),
                ShownNetworkStatus.of(network, said, decision));
    }
}
