package io.vlink.events.rules;

import io.vlink.events.Cookie;
import java.util.List;

/**
 * How frames get from {@link Table} to table: by rules of the gateway's own. This is all that there is of them; what a table is
 * for stands there, and docs/pipeline.md shows both.
 */
public final class Pipeline {

    /**
     * Of the rule that leads all frames on from the first table. It is below the rules of networks that still stand there from
     * before the suite was finalised, and above what others usually have, such as a rule that drops the rest.
     */
    public static final int LEADING_PRIORITY = 99;

    /** The lowest priority that rules of networks have: that of what takes in whatever a workload sends. */
    public static final int LOWEST = 100;

    /** The highest priority that rules of networks have: what others have above it comes before ours wherever ours stand. */
    public static final int HIGHEST = 200;

    private static final Cookie OWN = Cookie.ofGateway();

    /** Where nobody else has rules in the first table for the frames that these lead on: whatever comes goes to the last. */
    public static final List<Rule> WHOLE = List.of(
            leading(Table.CONTROL, 0, Match.All.FRAMES, OWN),
            leading(Table.CLASSIFY, LEADING_PRIORITY, Match.All.FRAMES, OWN));

    private Pipeline() {}

    /** The priority that a network's rule for such frames has: what has a label comes before whatever else comes in there. */
    public static int priorityOf(Match match) {
        return match.label() == null ? LOWEST : HIGHEST;
    }

    /**
     * Where others have: for each rule behind the first table one in it that leads on the frames that this rule is for, and no
     * others. It has its priority, so that rules of others come before it, or behind it, as they would before and behind that.
     */
    public static Rule leadingTo(int priority, Match match, Cookie cookie) {
        return leading(Table.CLASSIFY, priority, match, cookie.ofGatewayFor());
    }

    private static Rule leading(Table from, int priority, Match match, Cookie cookie) {
        return new Rule(cookie, priority, match, List.of(new Action.GoTo(Table.FORWARDING)), from);
    }
}
