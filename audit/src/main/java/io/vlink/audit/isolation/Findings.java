package io.vlink.audit.isolation;

import io.vlink.audit.differences.Difference;
import io.vlink.audit.differences.Difference.DifferenceType;
import io.vlink.audit.tables.DisplayNames;
import io.vlink.audit.tables.Reserved;
import io.vlink.audit.tables.TableRule;
import io.vlink.events.NetworkId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Findings on frames, in words. Each is reported once, however many frames it applies to. */
final class Findings {

    private final DisplayNames names;
    private final Set<Difference> found = new LinkedHashSet<>();

    Findings(DisplayNames names) {
        this.names = names;
    }

    Collection<Difference> found() {
        return found;
    }

    void given(Walk.Trace trace, Walk.Termination.Given given, @Nullable NetworkId network, Spot port) {
        String what = network == null ? "Frames that enter at %s".formatted(port.text(names)) : "Its frames";
        say(
                DifferenceType.LEAK,
                new Spot(given.datapathId(), given.port()),
                network,
                "%s may get anywhere: %s sends them to %s%s."
                        .formatted(
                                what, names.of(given.datapathId()), Reserved.text(given.port()), by(trace.lastRule())));
    }

    void circle(Walk.Trace trace, Walk.Termination.Circle circle, @Nullable NetworkId network) {
        say(
                DifferenceType.LOOP,
                circle.at(),
                network,
                "Frames return to %s and loop (%s).".formatted(circle.at().text(names), trace.text()));
    }

    void unread(Walk.Termination.Unread unread) {
        say(
                DifferenceType.NOT_PROVABLE,
                unread.at(),
                null,
                "The tables of %s, which networks cross, could not be read."
                        .formatted(names.of(unread.at().datapathId())));
    }

    void tooMany(Walk.Termination.TooMany tooMany) {
        say(
                DifferenceType.NOT_PROVABLE,
                tooMany.at(),
                null,
                "Frames that reach %s can take so many paths that not all were followed."
                        .formatted(tooMany.at().text(names)));
    }

    void obscure(Walk.Termination.ObscureAt obscure, @Nullable NetworkId network) {
        say(
                DifferenceType.NOT_PROVABLE,
                obscure.at(),
                network,
                "Frames that enter at %s may get anywhere: the effect of %s is unknown%s."
                        .formatted(obscure.at().text(names), obscure.why(), by(obscure.by())));
    }

    static String by(@Nullable TableRule rule) {
        return rule == null ? "; no rule matches them" : "; the rule is " + rule.text();
    }

    void say(DifferenceType kind, Spot at, @Nullable NetworkId network, String words) {
        found.add(new Difference(kind, at.datapathId(), network, words));
    }
}
