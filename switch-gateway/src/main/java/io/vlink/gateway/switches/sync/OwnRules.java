package io.vlink.gateway.switches.sync;

import io.vlink.events.rules.Pipeline;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.entries.Contents;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.Refusal;
import io.vlink.gateway.switches.entries.WantedRule;
import io.vlink.gateway.switches.installed.Foreigners;
import io.vlink.gateway.switches.installed.StandingOwn;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of the gateway's own rules one switch needs to send frames to rules of networks behind the first table.
 *
 * <pre>
 *   UNKNOWN, BOTH ──no foreign rule in the way──► WHOLE  all frames are sent on by one rule
 *         └─────────one is, or may be───────────► EACH ◄─────one appears────── WHOLE
 * </pre>
 *
 * The effect of a rule for all frames must be known before it is written: with foreign rules below it, or in its place, it
 * would take their frames. In that case each rule of networks has a rule of its own that sends frames to it. Once foreign
 * rules were seen, this holds for the whole session.
 */
final class OwnRules {

    private static final List<WantedRule> WHOLE =
            Pipeline.WHOLE.stream().map(WantedRule::of).toList();
    private static final int ATTEMPTS = 2;

    /** The way in which frames reach networks' rules. */
    private enum Way {
        UNKNOWN,
        /** Both are installed, as a gateway ended during the change; it is not decided yet which one stays. */
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

    /** Sets the schema generation for which the suite was finalised, as far as this gateway knows. */
    void finalisedFor(int generation) {
        needed |= Table.areInUse(generation);
    }

    /**
     * Checks a wanted rule set. Rules behind the first table show that the suite was finalised, even if this gateway
     * has not heard of it yet.
     */
    void wanted(RuleSet set) {
        if (!needed) {
            for (Rule rule : set.rules()) {
                needed |= rule.standsIn().isBehindTheFirst();
            }
        }
    }

    /** Begins after a takeover of the switch: foreign rules are checked again. */
    void begin() {
        way = Way.UNKNOWN;
        looked = false;
        retry();
    }

    /** Notes the contents of the switch. Until foreign rules are known, frames keep their present way. */
    void found(Contents contents) {
        if (way != Way.UNKNOWN) {
            return;
        }
        boolean whole = false;
        boolean each = false;
        for (InstalledRule rule : contents.rules()) {
            if (rule.cookie().isOfGateway() && rule.key().isInTheFirst()) {
                whole |= rule.key().isForAll();
                each |= !rule.key().isForAll();
            }
        }
        if (whole || each) {
            way = !each ? Way.WHOLE : whole ? Way.BOTH : Way.EACH;
        }
    }

    /** Decides from a read of foreign rules. */
    void saw(Foreigners foreigners) {
        if (foreigners.areInTheWay()) {
            way = Way.EACH;
        } else if (!looked) {
            way = Way.WHOLE;
        }
        looked = true;
    }

    /** Decides without foreign rules, which could not be read in time. */
    void sawNothing() {
        if (isOpen()) {
            way = Way.EACH;
        }
    }

    /** Returns whether the way is needed and not decided yet. */
    boolean isUndecided() {
        return needed && isOpen();
    }

    private boolean isOpen() {
        return way == Way.UNKNOWN || way == Way.BOTH;
    }

    /**
     * Returns whether each rule of networks behind the first table has, or keeps for now, a rule of its own that sends
     * frames to it.
     */
    boolean leadToEach() {
        return way == Way.EACH || way == Way.BOTH;
    }

    /** Returns the wanted rules for every frame. */
    List<WantedRule> forAll() {
        return needed && way == Way.WHOLE ? WHOLE : List.of();
    }

    /**
     * Returns the change that removes unwanted rules for every frame.
     *
     * @param isLedByThem whether some rule of a network depends on them alone; they stay as long as that is so
     */
    OwnerChange superfluous(StandingOwn standing, BooleanSupplier isLedByThem) {
        OwnerChange superfluous = standing.superfluous(forAll());
        return !superfluous.isEmpty() && way == Way.EACH && isLedByThem.getAsBoolean()
                ? standing.superfluous(WHOLE)
                : superfluous;
    }

    /** Notes that the switch refused a change of own rules. */
    void failed(OwnerChange change, Refusal why) {
        if (change.putRules().isEmpty()) {
            refusedRemovals++;
        } else {
            refusedPuts++;
            refusal = why;
        }
    }

    /** Resets the count of refusals, as the switch accepted a change, or refused ones are to be tried again. */
    void retry() {
        refusedPuts = 0;
        refusedRemovals = 0;
        refusal = null;
    }

    /** Returns whether to try a change: it is not empty and was not refused too often. */
    boolean tries(OwnerChange change) {
        return !change.isEmpty() && (change.putRules().isEmpty() ? refusedRemovals : refusedPuts) < ATTEMPTS;
    }

    /** Returns why no frame reaches networks' rules behind the first table; null if no refusal is known. */
    @Nullable Refusal refusal() {
        return refusal;
    }
}
