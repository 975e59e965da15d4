package io.vlink.gateway.switches.control;

import io.vlink.events.DatapathId;
import io.vlink.events.switches.WarningReason;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.possession.Marking;
import io.vlink.gateway.switches.possession.Possession;
import io.vlink.gateway.switches.sync.RuleSync;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one switch and reads from it: the marker, its rules, foreign rules. Nothing is written before the contents
 * show that the switch belongs to this suite.
 */
final class Provisioning {

    private final DatapathId id;
    private final SwitchSettings settings;
    private final Mastership mastership;
    private final PresentConnection connection;
    private final RuleSync rules;
    private final Marking marking;
    private final ForeignWatch foreign;
    private final BridgeFollowing.LastingWarnings warnings;
    private Instant nextPoll = Instant.MIN;
    private Instant nextRetry = Instant.MIN;

    Provisioning(
            DatapathId id,
            SwitchSettings settings,
            Mastership mastership,
            PresentConnection connection,
            RuleSync rules,
            Marking marking,
            BridgeFollowing.LastingWarnings warnings) {
        this.id = id;
        this.settings = settings;
        this.mastership = mastership;
        this.connection = connection;
        this.rules = rules;
        this.marking = marking;
        this.foreign = new ForeignWatch(settings.foreignEvery());
        this.warnings = warnings;
    }

    /** Starts to serve the switch. Its contents are read first; it is written to only if it belongs to this suite. */
    void start(SwitchEffects effects, Instant now) {
        nextPoll = now.plus(settings.firstPoll(id));
        nextRetry = now.plus(settings.retryEvery());
        foreign.begin(now);
        rules.awaitForeigners();
        marking.drop();
        rules.start(connection.number(), mastership.epoch(), effects);
    }

    /** Stops, as the switch cannot be written to now. */
    void stop() {
        rules.stop();
    }

    /**
     * Refuses the switch as unsafe: it must not be written to.
     *
     * @param impostor whether it is not the recorded switch
     */
    void refuse(String reason, boolean impostor, Instant now) {
        foreign.begin(now);
        if (impostor) { // it says nothing about the right one
            rules.looked();
        } else {
            rules.awaitForeigners();
        }
        rules.refuse(reason, mastership.epoch());
    }

    /** Updates the marker before another gateway takes over the switch. */
    void leave(SwitchEffects effects) {
        marking.flush(connection.number(), effects);
    }

    /**
     * Handles the contents of a served switch. Returns why it is to be left alone; null if it belongs to this suite.
     */
    @Nullable String take(SwitchEvent.ContentsRead read, SwitchEffects effects) {
        if (marking.isJudged()) {
            seen(read, effects);
            return null;
        }
        return switch (marking.take(read.contents(), rules.wanted(), read.connection(), effects)) {
            case Possession.Ours ours -> {
                effects.doubt(id, null);
                rules.on(read, effects);
                yield null;
            }
            case Possession.Cleared cleared -> {
                effects.doubt(id, null);
                rules.start(read.connection(), mastership.epoch(), effects);
                yield null;
            }
            case Possession.Doubtful(String reason) -> {
                effects.doubt(id, reason);
                effects.note(id, "is left alone: " + reason);
                rules.refuse(reason, mastership.epoch());
                yield reason;
            }
        };
    }

    /** Handles the contents of a switch that is not served, or is known to belong to this suite. */
    void seen(SwitchEvent.ContentsRead read, SwitchEffects effects) {
        marking.seen(read.contents());
        rules.on(read, effects);
    }

    void on(SwitchEvent.BatchDone done, SwitchEffects effects) {
        rules.on(done, effects);
    }

    void on(SwitchEvent.ForeignRead read, SwitchEffects effects, Instant now) {
        foreign.answered();
        rules.on(read, effects, now);
    }

    // ---- time

    /** Does what is due for a served switch. Returns when to call again at the latest. */
    @Nullable Instant tend(SwitchEffects effects, Instant now) {
        return SwitchControl.earlier(
                marking.act(connection.number(), effects, now),
                SwitchControl.earlier(poll(now), lookForForeign(effects, now)));
    }

    /** Reads foreign rules when due, even if no rules are written. Returns when to call again. */
    Instant lookForForeign(SwitchEffects effects, Instant now) {
        if (foreign.asks(now)) {
            effects.command(new SwitchCommand.ReadForeign(id, connection.number()));
        }
        if (foreign.givesUp(now)) {
            rules.looked();
        }
        return foreign.next();
    }

    private Instant poll(Instant now) {
        if (!nextRetry.isAfter(now)) {
            nextRetry = now.plus(settings.retryEvery());
            rules.retry();
        }
        if (!nextPoll.isAfter(now)) {
            nextPoll = now.plus(settings.pollEvery());
            rules.poll();
        }
        return nextPoll;
    }

    /** Decides about rules after all events. Returns when to call again at the latest; null if not needed. */
    @Nullable Instant decide(SwitchEffects effects, Instant now) {
        Instant next = rules.decide(effects, now);
        if (foreign.isNews(rules.shadowed())) {
            Instant since = rules.shadowedSince();
            warnings.warn(
                    WarningReason.FOREIGN_RULES, foreign.news(rules.shadowed()), effects, since == null ? now : since);
        }
        return next;
    }
}
