package io.vlink.networkapi.rest;

import io.vlink.events.requests.Warning;
import java.util.List;

/**
 * The result of one write, at the time of its answer.
 *
 * @param status the HTTP status
 * @param generation the record's current generation; 0 if there is none
 * @param changed false if the record stays as it was
 * @param created true if it did not exist before
 * @param warnings what the caller should know although the write was granted
 */
public record WriteResult(int status, long generation, boolean changed, boolean created, List<Warning> warnings) {

    static final WriteResult NOTHING_LEFT = new WriteResult(204, 0, false, false, List.of());

    public WriteResult {
        warnings = List.copyOf(warnings);
    }
}
