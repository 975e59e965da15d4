package io.vlink.networkapi.network;

import io.vlink.events.dryruns.DryRunResult;
import io.vlink.events.dryruns.ForecastRoute;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Outcome;
import io.vlink.events.reasons.Violation;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The result of a dry run, as REST shows it. */
@Schema(name = "Forecast")
record ShownDryRun(
        String overlay,
        String namespace,
        String network,
        @Nullable Outcome outcome,
        List<Violation> violations,
        @Nullable ForecastRoute forward,
        @Nullable ForecastRoute reverse,
        List<AttachmentState> attachments) {

    static ShownDryRun of(DryRunResult result) {
        return new ShownDryRun(
                result.network().overlay(),
                result.network().namespace(),
                result.network().name(),
                result.outcome(),
                result.violations(),
                result.forward(),
                result.reverse(),
                result.attachments());
    }
}
