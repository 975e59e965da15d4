package io.vlink.gateway.switches;

import io.vlink.events.rules.Pipeline;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.Table;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which rules of the gateway's own one switch is to have, so that frames come to those of networks behind the first table.
 *
 * <pre>
 *   UNKNOWN, BOTH ──nobody else is in the way──► WHOLE  all frames go on by one rule
 *         └──────────somebody is, or may be────► EACH ◄─────somebody comes──── WHOLE
 * </pre>
 *
 * Whose frames a rule for all takes has to be known before it is put: where others have rules below it, or in its place, it
 * would take theirs. There each rule of networks has one of its own that leads to it. Once there were others it stays so for the session.
 */
final class OwnRules {

    private static final List<WantedRule> WHOLE =
            Pipeline.WHOLE.stream().map(WantedRule::of).toList();
    private static final int ATTEMPTS = 2;

    /** How frames come to networks' rules. */
    private enum Way {
        UNKNOWN,
        /** A gateway ended between the two others, and it is not known yet which of them is to stay. */
        BOTH,
        WHOLE,
        EACH
    }

    private boolean needed;
    private Way way = Way.UNKNOWN;
    private boolean looked;
    private int refusedPuts;
    private int refusedRemovals;
    private @Nullable Refusal refusal;

    /** For which generation the suite was finalised, as far as this gateway knows. */
    void finalisedFor(int generation) {
        needed |= Table.areInUse(generation);
    }

    /** A gateway that has not heard yet that the suite was finalised is told of such rules by services that have. */
    void wanted(RuleSet set) {
        if (!needed) {
            for (Rule rule : set.rules()) {
                needed |= rule.standsIn().isBehindTheFirst();
            }
        }
    }

    /** The switch is taken over: who else has rules in it is looked at again. */
    void begin() {
        way = Way.UNKNOWN;
        looked = false;
        retry();
    }

    /** It was read what stands there: until it is known whether others are in the way, frames come as they did. */
    void found(Contents contents) {
        if (way != Way.UNKNOWN) {
            return;
        }
        boolean whole = false;
        boolean each = false;
        for (InstalledRule rule : contents.rules()) {
            if (rule.cookie().isOfGateway() && rule.slot().isInTheFirst()) {
                whole |= rule.slot().isForAll();
                each |= !rule.slot().isForAll();
            }
        }
        if (whole || each) {
            way = !each ? Way.WHOLE : whole ? Way.BOTH : Way.EACH;
        }
    }

    /** The rules of others were read. */
    void saw(Foreigners foreigners) {
        if (foreigners.areInTheWay()) {
            way = Way.EACH;
        } else if (!looked) {
            way = Way.WHOLE;
        }
        looked = true;
    }

    /** They could not be read, or not in time. */
    void sawNothing() {
        if (isOpen()) {
            way = Way.EACH;
        }
    }

    /** Whether it is not known yet how frames are to come to networks' rules. */
    boolean isUndecided() {
        return needed && isOpen();
    }

    private boolean isOpen() {
        return way == Way.UNKNOWN || way == Way.BOTH;
    }

    /** Whether each rule of networks behind the first table is to have one that leads to it, or to keep it for now. */
    boolean leadToEach() {
        return way == Way.EACH || way == Way.BOTH;
    }

    /** Those for every frame. */
    List<WantedRule> forAll() {
        return needed && way == Way.WHOLE ? WHOLE : List.of();
    }

    /**
     * Removes those for every frame that are not to be there.
     *
     * @param isLedByThem whether some rule of a network is led to by nothing else: for so long they stay
     */
    OwnerChange superfluous(StandingOwn standing, BooleanSupplier isLedByThem) {
        OwnerChange superfluous = standing.superfluous(forAll());
        return !superfluous.isEmpty() && way == Way.EACH && isLedByThem.getAsBoolean()
                ? standing.superfluous(WHOLE)
                : superfluous;
    }

    /** The switch did not take a change of own rules. */
    void failed(OwnerChange change, Refusal why) {
        if (change.putRules().isEmpty()) {
            refusedRemovals++;
        } else {
            refusedPuts++;
            refusal = why;
        }
    }

    /** It took one, or what it refused is to be tried again. */
    void retry() {
        refusedPuts = 0;
        refusedRemovals = 0;
        refusal = null;
    }

    /** Whether a change is worth being tried: there is something to it, and it was not refused time and again. */
    boolean tries(OwnerChange change) {
        return !change.isEmpty() && (change.putRules().isEmpty() ? refusedRemovals : refusedPuts) < ATTEMPTS;
    }

    /** Why no frame comes to networks' rules behind the first table; null: nothing is known against it. */
    @Nullable Refusal refusal() {
        return refusal;
    }
}
