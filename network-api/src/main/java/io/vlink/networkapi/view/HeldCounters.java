package io.vlink.networkapi.view;

import io.vlink.events.counters.RuleCounters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counters of rules that are parsed on demand. They arrive repeatedly for every network in every switch, and are rarely asked
 * for.
 */
public interface HeldCounters {

    /** When the counters were read from the switch. */
    Instant readAt();

    /** Parses the record; returns null if it is malformed. */
    @Nullable RuleCounters read();
}
