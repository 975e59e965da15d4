package io.vlink.networkapi.topology;

import io.vlink.events.ResourceId;
import io.vlink.events.requests.Request;
import io.vlink.networkapi.recorder.Recorder;
import io.vlink.networkapi.recorder.Verdict;
import io.vlink.networkapi.rest.WriteExecution;
import io.vlink.networkapi.rest.WriteExecution.Way;
import io.vlink.networkapi.view.View;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/**
 * Dry runs of topology. A temporary recorder decides about the overlay as this instance's view shows it. The result is
 * a prediction: only the overlay's own recorder can tell for certain.
 */
@Singleton
final class TopologyDryRuns {

    private final View view;

    TopologyDryRuns(View view) {
        this.view = view;
    }

    /** Returns the result of a request without recording it. Fails the call with a problem if it would be refused. */
    ShownTopologyDryRun of(Way way, ResourceId id, Request request) {
        Recorder recorder = new Recorder(view.usage(), view.claims(), id.overlay()::equals);
        view.nodes().under(id.overlay() + "/").forEach(recorder::load);
        view.links().under(id.overlay() + "/").forEach(recorder::load);
        var unused = recorder.usageIsKnown();
        return switch (recorder.on(request, Instant.now())) {
            case Verdict.Denied denied -> throw WriteExecution.problem(way, denied.violations());
            case Verdict.Granted granted ->
                new ShownTopologyDryRun(
                        id.overlay(),
                        id.name(),
                        outcome(request, granted),
                        granted.warnings().isEmpty() ? null : List.copyOf(granted.warnings()));
        };
    }

    private static String outcome(Request request, Verdict.Granted granted) {
        if (request instanceof Request.WithdrawNode || request instanceof Request.WithdrawLink) {
            return granted.warnings().isEmpty() ? "deleted" : "removing";
        }
        return granted.created() ? "created" : granted.changed() ? "changed" : "unchanged";
    }
}
