package io.vlink.networkapi.network;

import io.vlink.events.NetworkId;
import io.vlink.events.networks.Network;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.networkapi.rest.Target;
import io.vlink.networkapi.view.View;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One network in the view. */
record NetworkTarget(NetworkId id, View view) implements Target {

    @Override
    public String key() {
        return id.toString();
    }

    @Override
    public String statusKey() {
        return key();
    }

    @Override
    public String location() {
        return "/v1/overlays/%s/namespaces/%s/networks/%s".formatted(id.overlay(), id.namespace(), id.name());
    }

    @Override
    public String what() {
        return "network " + id;
    }

    @Override
    public Optional<CurrentState> shown() {
        return view.networks()
                .get(key())
                .map(network -> new CurrentState(network.generation(), network.withdrawn(), () -> show(network)));
    }

    ShownNetwork show(Network network) {
        return ShownNetwork.of(network, view.said(id), decision());
    }

    @Nullable PathDecision decision() {
        return view.paths().get(key()).orElse(null);
    }

    @Override
    public Progress declared(long generation) {
        NetworkStatus status = view.statuses().get(key()).orElse(null);
        if (status == null || status.revision().generation() < generation) {
            // The service that writes the status is missing; the refusal holds nevertheless.
            boolean refused = view.caveats(id.overlay()).statuses() != null && refusalIsExplained(generation);
            return refused ? Progress.REFUSED : Progress.PENDING;
        }
        // An edit may be refused while the path of the previous generation stays in use.
        if (isRefused(status)) {
            return refusalIsExplained(status.revision().generation()) ? Progress.REFUSED : Progress.PENDING;
        }
        return status.phase() == Phase.READY && view.caveats(id.overlay()).statuses() == null
                ? Progress.DONE
                : Progress.PENDING;
    }

    private static boolean isRefused(NetworkStatus status) {
        return status.phase() == Phase.REFUSED
                || status.condition(Condition.Type.ACCEPTED)
                        .filter(accepted -> accepted.status() == Condition.Truth.FALSE)
                        .isPresent();
    }

    /** Returns whether the decision with the violations has arrived. Status and decision come from two topics. */
    private boolean refusalIsExplained(long generation) {
        return view.paths()
                .get(key())
                .filter(decision -> decision.outcome() == Outcome.REFUSED
                        && decision.revision().generation() >= generation)
                .isPresent();
    }

    @Override
    public boolean isRemoved(long generation) {
        return view.networks()
                .get(key())
                .map(network -> network.generation() > generation && !network.withdrawn())
                .orElse(true);
    }

    @Override
    public boolean takesTime() {
        return true;
    }
}
