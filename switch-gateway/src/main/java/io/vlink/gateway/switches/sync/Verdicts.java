package io.vlink.gateway.switches.sync;

import io.vlink.events.DatapathId;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.rules.Shadow;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.entries.LinkItem;
import io.vlink.gateway.switches.entries.Refusal;
import io.vlink.gateway.switches.entries.RuleText;
import io.vlink.gateway.switches.installed.Foreigners;
import io.vlink.gateway.switches.wanted.Taken;
import io.vlink.gateway.switches.wanted.WantedRules;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reports the state of rules in one switch to their owners, and to the log. */
final class Verdicts {

    private final DatapathId id;
    private final WantedRules wanted;
    private final RuleReports reports;
    private final Waiting waiting = new Waiting();
    private Foreigners foreigners = Foreigners.NONE;
    /** Owners whose rules the switch confirmed before foreign rules were read; null once they were read. */
    private @Nullable Set<Owner> unlooked;

    private @Nullable Refusal leftoverError;
    private long epoch;

    Verdicts(DatapathId id, WantedRules wanted) {
        this.id = id;
        this.wanted = wanted;
        this.reports = new RuleReports(id);
    }

    /** Begins a new connection: everything is reported again, under this mastership. */
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

    /** Applies a read of foreign rules. Returns what is known of them now. */
    Foreigners take(SwitchEvent.ForeignRead read, SwitchEffects effects, Instant now) {
        Foreigners seen = foreigners.now(read.rules(), now);
        if (seen != foreigners) {
            foreigners = seen;
            reports.overshadowed(wanted, foreigners, effects);
        }
        return foreigners;
    }

    /** Delays reports until foreign rules were read, or the wait for them is over. */
    void awaitForeigners() {
        unlooked = unlooked == null ? new LinkedHashSet<>() : unlooked;
    }

    boolean awaitsForeigners() {
        return unlooked != null;
    }

    /** Ends the delay. Returns the owners to report on now. */
    Set<Owner> looked() {
        Set<Owner> looked = unlooked == null ? Set.of() : unlooked;
        unlooked = null;
        return looked;
    }

    /** Sets the reason why leftovers cannot be removed; null if there are none. */
    void leftovers(@Nullable Refusal error) {
        leftoverError = error;
    }

    /** Reports that another owner has what this one wants. */
    void taken(WantedRules.Held held, Taken taken, SwitchEffects effects) {
        waiting.ended(held.owner());
        if (failed(held, taken.told(held.owner()), effects)) {
            effects.note(
                    id,
                    "keeps %s waiting: %s belongs to %s"
                            .formatted(RuleText.of(held.owner()), taken.item(), RuleText.of(taken.owner())));
        }
    }

    /** Reports what an owner waits for, once the wait is long or the link's request has failed. */
    void awaits(WantedRules.Held held, List<LinkItem> items, SwitchEffects effects, Instant now) {
        boolean isLong = waiting.waits(held.owner(), items, now);
        LinkItem item = items.getFirst();
        Owner link = wanted.ownerOf(item);
        String refused = link == null || link.equals(held.owner()) ? null : reports.refused(link);
        if (held.removed() || (!isLong && refused == null)) {
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

    /** Reports that the switch has everything the owner wants, or nothing of it any more. */
    void confirm(WantedRules.Held held, SwitchEffects effects) {
        waiting.ended(held.owner());
        if (held.removed()) {
            drop(held.owner(), effects);
        } else if (held.isEmpty() && leftoverError != null) {
            failed(
                    held,
                    new Refusal(
                            RuleStateReason.LEFTOVERS_STAY,
                            "Leftovers could not be removed: " + leftoverError.message()),
                    effects);
        } else if (unlooked != null && !held.rules().isEmpty()) {
            unlooked.add(held.owner());
        } else {
            reports.applied(held.owner(), held.revision(), epoch, shadow(held), effects);
        }
    }

    /** Reports that no frame would reach an owner's rules, as the switch refuses the rules that send frames there. */
    void unled(WantedRules.Held held, Refusal why, SwitchEffects effects) {
        waiting.ended(held.owner());
        failed(held, why, effects);
    }

    /** Reports that the switch is gone, and with it everything that was to be removed. */
    void disconnected(WantedRules.Held held, long mastership, SwitchEffects effects) {
        reports.applied(held.owner(), held.revision(), mastership, null, effects);
    }

    /** Stops reporting on an owner. */
    void drop(Owner owner, SwitchEffects effects) {
        waiting.ended(owner);
        reports.drop(owner, effects);
        wanted.drop(owner);
    }

    /** Reports that an owner does not have what it wants. Returns whether that is new. */
    boolean failed(WantedRules.Held held, Refusal why, SwitchEffects effects) {
        return reports.failed(held.owner(), held.revision(), epoch, why, shadow(held), effects);
    }

    private @Nullable Shadow shadow(WantedRules.Held held) {
        return foreigners.over(held.rules().values());
    }
}
