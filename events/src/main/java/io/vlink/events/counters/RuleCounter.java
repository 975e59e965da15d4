package io.vlink.events.counters;

import io.vlink.events.Cookie;
import io.vlink.events.rules.Match;
import org.jspecify.annotations.Nullable;

/**
 * Counters of one rule since it was installed.
 *
 * @param cookie that of the rule
 * @param match that of the rule
 * @param packets frames matched, also those that its meter dropped
 * @param bytes bytes of these frames
 * @param droppedPackets frames that its meter dropped since the meter was installed; goes on through changes of the rate;
 *     absent where the rule has no meter, or the meter was not read yet
 * @param droppedBytes bytes of these frames; absent where {@code droppedPackets} is
 */
public record RuleCounter(
        Cookie cookie,
        Match.AtPort match,
        long packets,
        long bytes,
        @Nullable Long droppedPackets,
        @Nullable Long droppedBytes) {

    /** Of a rule without a meter. */
    public RuleCounter(Cookie cookie, Match.AtPort match, long packets, long bytes) {
        this(cookie, match, packets, bytes, null, null);
    }
}
