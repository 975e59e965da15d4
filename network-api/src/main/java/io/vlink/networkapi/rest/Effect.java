package io.vlink.networkapi.rest;

import io.vlink.events.requests.Warning;
import java.util.List;

/**
 * What came of one write, when it is answered.
 *
 * @param status the HTTP status
 * @param generation that of the record as it is now; 0 where there was none
 * @param changed false where it was so already
 * @param created true where it did not exist before
 * @param warnings what the caller should know all the same
 */
public record Effect(int status, long generation, boolean changed, boolean created, List<Warning> warnings) {

    static final Effect NOTHING_LEFT = new Effect(204, 0, false, false, List.of());

    public Effect {
        warnings = List.copyOf(warnings);
    }
}
