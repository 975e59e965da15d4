package io.vlink.networkapi.view;

import io.vlink.events.counters.RuleCounters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counters of rules of which no more is known than when the switch was asked: they come again and again, of every network in
 * every switch, and hardly any is asked for.
 */
public interface HeldCounters {

    /** When the switch was asked. */
    Instant readAt();

    /** Reads the rest; absent where that cannot be read. */
    @Nullable RuleCounters read();
}
