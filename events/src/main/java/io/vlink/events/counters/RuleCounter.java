package io.vlink.events.counters;

import io.vlink.events.Cookie;
import io.vlink.events.rules.Match;
import org.jspecify.annotations.Nullable;

/**
 * Counters of one rule since it was installed.
 *
 * @param cookie the rule's cookie
 * @param match the rule's match
 * @param packets frames that matched, including those that the meter dropped
 * @param bytes bytes of these frames
 * @param droppedPackets frames that the rule's meter dropped since the meter was installed; continues through changes
 *     of the rate; absent where the rule has no meter, or the meter was not read yet
 * @param droppedBytes bytes of these frames; absent where {@code droppedPackets} is absent
 */
public record RuleCounter(
        Cookie cookie,
        Match.AtPort match,
        long packets,
        long bytes,
        @Nullable Long droppedPackets,
        @Nullable Long droppedBytes) {

    /** Counters of a rule without a meter. */
    public RuleCounter(Cookie cookie, Match.AtPort match, long packets, long bytes) {
        this(cookie, match, packets, bytes, null, null);
    }
}
