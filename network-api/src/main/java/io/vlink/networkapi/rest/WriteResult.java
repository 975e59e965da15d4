package io.vlink.networkapi.rest;

import io.vlink.events.requests.Warning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one write, at the time of its answer.
 *
 * @param status the HTTP status
 * @param generation the record's current generation; 0 if there is none
 * @param changed false if the record stays as it was
 * @param created true if it did not exist before
 * @param warnings what the caller should know although the write was granted
 * @param version the thing as this write left it, whatever others did since; null if the view has not shown that
 */
public record WriteResult(
        int status,
        long generation,
        boolean changed,
        boolean created,
        List<Warning> warnings,
        Target.@Nullable CurrentState version) {

    static final WriteResult NOTHING_LEFT = new WriteResult(204, 0, false, false, List.of(), null);

    public WriteResult {
        warnings = List.copyOf(warnings);
    }
}
