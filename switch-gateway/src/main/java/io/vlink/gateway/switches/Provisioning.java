package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import io.vlink.events.switches.WarningReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one switch and reads from it: the mark that says whose it is, its rules, those of others. Nothing is written before what
 * stands there was found to be ours.
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

    /** The switch may be written to, if it is ours by what stands in it: that is read first. */
    void start(Effects effects, Instant now) {
        nextPoll = now.plus(settings.firstPoll(id));
        nextRetry = now.plus(settings.retryEvery());
        foreign.begin(now);
        rules.awaitForeigners();
        marking.forget();
        rules.start(connection.number(), mastership.epoch(), effects);
    }

    /** The switch cannot be written to now. */
    void stop() {
        rules.stop();
    }

    /**
     * The switch must not be written to, as it is not safe.
     *
     * @param impostor whether it is another one than that which is recorded
     */
    void refuse(String reason, boolean impostor, Instant now) {
        foreign.begin(now);
        if (impostor) { // nothing is learned of the right one from it
            rules.looked();
        } else {
            rules.awaitForeigners();
        }
        rules.refuse(reason, mastership.epoch());
    }

    /** Another gateway will have the switch: brings the mark up to date. */
    void leave(Effects effects) {
        marking.flush(connection.number(), effects);
    }

    /** What stands in a switch that is served was read. Returns why the switch is to be left alone; null: it is ours. */
    @Nullable String take(SwitchEvent.ContentsRead read, Effects effects) {
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

    /** What stands in one was read that is not served, or known to be ours. */
    void seen(SwitchEvent.ContentsRead read, Effects effects) {
        marking.seen(read.contents());
        rules.on(read, effects);
    }

    void on(SwitchEvent.BatchDone done, Effects effects) {
        rules.on(done, effects);
    }

    void on(SwitchEvent.ForeignRead read, Effects effects, Instant now) {
        foreign.answered();
        rules.on(read, effects, now);
    }

    // ---- what time brings

    /** Does what is due in a switch that is served; returns when to be called again at the latest. */
    @Nullable Instant tend(Effects effects, Instant now) {
        return SwitchControl.earlier(
                marking.act(connection.number(), effects, now),
                SwitchControl.earlier(poll(now), lookForForeign(effects, now)));
    }

    /** Has the rules of others read when they are due, also where we write none; returns when to be called again. */
    Instant lookForForeign(Effects effects, Instant now) {
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

    /** Does what follows for rules from all that came in; returns when to be called again at the latest, null: no need. */
    @Nullable Instant decide(Effects effects, Instant now) {
        Instant next = rules.decide(effects, now);
        if (foreign.isNews(rules.shadowed())) {
            Instant since = rules.shadowedSince();
            warnings.warn(
                    WarningReason.ForeignRules, foreign.news(rules.shadowed()), effects, since == null ? now : since);
        }
        return next;
    }
}
