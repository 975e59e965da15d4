package io.vlink.networkapi.topology;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.SwitchPort;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.networkapi.NetworkApiConfig;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.ProblemException;
import io.vlink.networkapi.messaging.NetworkLog;
import io.vlink.networkapi.usage.Use;
import io.vlink.networkapi.view.View;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Removes disconnected switches on request. If the switch is present after all, its gateway writes its record again.
 */
@Singleton
final class SwitchRemoval {

    private final View view;
    private final DeclaredTopology declared;
    private final NetworkLog log;
    private final Duration deadline;

    SwitchRemoval(View view, DeclaredTopology declared, NetworkLog log, NetworkApiConfig config) {
        this.view = view;
        this.declared = declared;
        this.log = log;
        this.deadline = config.rest().deadline();
    }

    /**
     * Removes a switch. Completes with true when the view no longer shows it, with false at the deadline. Fails with a
     * {@link ProblemException} if the switch may not be removed.
     */
    CompletionStage<Boolean> remove(DatapathId id) {
        requireDisconnected(id);
        List<SwitchPort> ports =
                view.ports().under(id + "/").stream().map(Port::id).toList();
        List<NetworkId> counted = view.counted(id);
        if (view.switches().get(id.toString()).isEmpty() && ports.isEmpty() && counted.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        return log.remove(id, ports, counted)
                .thenCompose(taken -> view.await(
                        id.toString(), () -> view.switches().get(id.toString()).isEmpty(), deadline));
    }

    private void requireDisconnected(DatapathId id) {
        Switch seen = view.switches().get(id.toString()).orElse(null);
        if (seen != null && seen.state() != Switch.State.DISCONNECTED) {
            throw conflict(
                    "Switch %s is %s. Only a switch that is gone can be forgotten. Disconnect it from the gateway first."
                            .formatted(
                                    id,
                                    seen.state() == Switch.State.CONNECTED ? "connected" : "connected and refused"));
        }
        List<ResourceId> nodes = declared.nodesOf(id);
        if (!nodes.isEmpty()) {
            throw conflict("Switch %s belongs to node %s. Delete that node first.".formatted(id, nodes.getFirst()));
        }
        Use use = view.usage().of(id);
        if (use.current() > 0) {
            throw conflict(
                    "Switch %s is still in use: %s. Move or delete those networks first.".formatted(id, use.words()));
        }
    }

    private static ProblemException conflict(String words) {
        return new ProblemException(Problem.ProblemType.CONFLICT, words);
    }
}
