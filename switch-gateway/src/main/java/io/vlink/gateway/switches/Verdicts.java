package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.rules.Shadow;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the owners of rules in one switch are told of theirs, and the log of them. */
final class Verdicts {

    private final DatapathId id;
    private final WantedRules wanted;
    private final RuleReports reports;
    private final Waiting waiting = new Waiting();
    private Foreigners foreigners = Foreigners.NONE;
    /** What the switch confirmed while the rules of others were not read yet; null: they were. */
    private @Nullable Set<Owner> unlooked;

    private @Nullable Refusal leftoverError;
    private long epoch;

    Verdicts(DatapathId id, WantedRules wanted) {
        this.id = id;
        this.wanted = wanted;
        this.reports = new RuleReports(id);
    }

    /** A new connection begins: all is to be told again, under this mastership. */
    void begin(long mastership) {
        epoch = mastership;
        reports.begin();
    }

    RuleReports reports() {
        return reports;
    }

    Waiting waiting() {
        return waiting;
    }

    /** The rules of others were read; returns what is known of them now. */
    Foreigners take(SwitchEvent.ForeignRead read, Effects effects, Instant now) {
        Foreigners seen = foreigners.now(read.rules(), now);
        if (seen != foreigners) {
            foreigners = seen;
            reports.overshadowed(wanted, foreigners, effects);
        }
        return foreigners;
    }

    /** What becomes of rules is told once those of others were read, or were waited for long enough. */
    void awaitForeigners() {
        unlooked = unlooked == null ? new LinkedHashSet<>() : unlooked;
    }

    boolean awaitsForeigners() {
        return unlooked != null;
    }

    /** That is over; returns of whom it is to be told now. */
    Set<Owner> looked() {
        Set<Owner> looked = unlooked == null ? Set.of() : unlooked;
        unlooked = null;
        return looked;
    }

    /** What nobody wants cannot be removed for this reason; null: nothing is left over. */
    void leftovers(@Nullable Refusal error) {
        leftoverError = error;
    }

    /** Another owner has what this one wants. */
    void taken(WantedRules.Held held, Taken taken, Effects effects) {
        waiting.over(held.owner());
        if (failed(held, taken.told(held.owner()), effects)) {
            effects.note(
                    id,
                    "keeps %s waiting: %s belongs to %s"
                            .formatted(RuleText.of(held.owner()), taken.item(), RuleText.of(taken.owner())));
        }
    }

    /** Says what is waited for, once that takes long, or is known to be in vain. */
    void awaits(WantedRules.Held held, List<LinkItem> items, Effects effects, Instant now) {
        boolean isLong = waiting.waits(held.owner(), items, now);
        LinkItem item = items.getFirst();
        Owner link = wanted.ownerOf(item);
        String refused = link == null || link.equals(held.owner()) ? null : reports.refused(link);
        if (held.forgotten() || (!isLong && refused == null)) {
            return;
        }
        Refusal why =
                switch (held.owner()) {
                    case LinkPort own -> LinkWords.inUse(id, item);
                    case NetworkId network -> LinkWords.missing(id, item, refused);
                };
        if (failed(held, why, effects)) {
            effects.note(id, "keeps %s waiting: %s".formatted(RuleText.of(held.owner()), why.message()));
        }
    }

    /** The switch has all that an owner wants, or nothing more of it. */
    void confirm(WantedRules.Held held, Effects effects) {
        waiting.over(held.owner());
        if (held.forgotten()) {
            forget(held.owner(), effects);
        } else if (held.isEmpty() && leftoverError != null) {
            failed(
                    held,
                    new Refusal(RuleStateReason.LeftoversStay, "What is left over stays: " + leftoverError.message()),
                    effects);
        } else if (unlooked != null && !held.rules().isEmpty()) {
            unlooked.add(held.owner());
        } else {
            reports.applied(held.owner(), held.revision(), epoch, shadow(held), effects);
        }
    }

    /** No frame would come to an owner's rules, as the switch does not take those that lead there. */
    void unled(WantedRules.Held held, Refusal why, Effects effects) {
        waiting.over(held.owner());
        failed(held, why, effects);
    }

    /** The switch is gone, and with it whatever was to be removed. */
    void gone(WantedRules.Held held, long mastership, Effects effects) {
        reports.applied(held.owner(), held.revision(), mastership, null, effects);
    }

    /** Nothing of an owner is to be said any more. */
    void forget(Owner owner, Effects effects) {
        waiting.over(owner);
        reports.forget(owner, effects);
        wanted.drop(owner);
    }

    /** An owner does not have what it wants; returns whether that is news. */
    boolean failed(WantedRules.Held held, Refusal why, Effects effects) {
        return reports.failed(held.owner(), held.revision(), epoch, why, shadow(held), effects);
    }

    private @Nullable Shadow shadow(WantedRules.Held held) {
        return foreigners.over(held.rules().values());
    }
}
