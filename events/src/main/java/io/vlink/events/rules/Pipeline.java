package io.vlink.events.rules;

import io.vlink.events.Cookie;
import java.util.List;

/**
 * The gateway's own rules, which lead frames from one {@link Table} to the next. {@link Table} describes the tables,
 * and docs/pipeline.md shows both.
 */
public final class Pipeline {

    /**
     * The priority of the rule that leads all frames on from the first table. It is below the rules of networks that
     * remain there from before the suite was finalised, and above typical rules of others, such as one that drops the
     * rest.
     */
    public static final int LEADING_PRIORITY = 99;

    /** The lowest priority of networks' rules: for any frame that a workload sends. */
    public static final int LOWEST = 100;

    /** The highest priority of networks' rules: rules of others above it precede Vlink's in any table. */
    public static final int HIGHEST = 200;

    private static final Cookie OWN = Cookie.ofGateway();

    /**
     * The leading rules where no one else has rules in the first table for these frames: all frames go to the last
     * table.
     */
    public static final List<Rule> WHOLE = List.of(
            leading(Table.CONTROL, 0, Match.All.FRAMES, OWN),
            leading(Table.CLASSIFY, LEADING_PRIORITY, Match.All.FRAMES, OWN));

    private Pipeline() {}

    /** Returns the priority of a network's rule: rules with a label precede rules without one at the same port. */
    public static int priorityOf(Match match) {
        return match.label() == null ? LOWEST : HIGHEST;
    }

    /**
     * Returns the leading rule where others have rules in the first table: for one rule in a later table, it leads on
     * the frames of that rule and no others. It has the same priority, so that rules of others precede or follow it
     * just as they would that rule.
     */
    public static Rule leadingTo(int priority, Match match, Cookie cookie) {
        return leading(Table.CLASSIFY, priority, match, cookie.ofGatewayFor());
    }

    private static Rule leading(Table from, int priority, Match match, Cookie cookie) {
        return new Rule(cookie, priority, match, List.of(new Action.GoTo(Table.FORWARDING)), from);
    }
}
