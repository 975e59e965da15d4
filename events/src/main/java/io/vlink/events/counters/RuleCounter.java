package io.vlink.events.counters;

import io.vlink.events.Cookie;
import io.vlink.events.rules.Match;

/**
 * Counters of one rule since it was installed.
 *
 * @param cookie that of the rule
 * @param match that of the rule
 * @param packets frames matched
 * @param bytes bytes of these frames
 */
public record RuleCounter(Cookie cookie, Match match, long packets, long bytes) {}
