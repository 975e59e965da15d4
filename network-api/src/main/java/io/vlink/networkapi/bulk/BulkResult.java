package io.vlink.networkapi.bulk;

import io.vlink.events.requests.Warning;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.rest.WriteResult;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The result of one line.
 *
 * @param line number of the line in what was sent, from 1; blank lines count, but have no result
 * @param subject key of the thing requested
 * @param status the HTTP status that a separate call would have had
 * @param warnings what the caller should know although the request was granted
 */
@Schema(name = "BulkResult")
record BulkResult(
        long line,
        @Nullable String requestId,
        @Nullable String subject,
        int status,
        @Nullable Long generation,
        @Nullable Boolean changed,
        @Nullable Boolean created,
        @Nullable List<Warning> warnings,
        @Nullable Problem problem) {

    static BulkResult of(long line, @Nullable String requestId, @Nullable String subject, Problem problem) {
        return new BulkResult(line, requestId, subject, problem.status(), null, null, null, null, problem);
    }

    static BulkResult of(long line, @Nullable String requestId, @Nullable String subject, WriteResult effect) {
        return new BulkResult(
                line,
                requestId,
                subject,
                effect.status(),
                effect.generation() == 0 ? null : effect.generation(),
                effect.changed(),
                effect.created(),
                effect.warnings().isEmpty() ? null : effect.warnings(),
                null);
    }
}
