package io.vlink.gateway.switches.possession;

import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.switches.entries.Contents;
import io.vlink.gateway.switches.entries.SuiteMarker;
import io.vlink.gateway.switches.wanted.WantedRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the marker into a switch: the suite it belongs to, and the offset up to which it is up to date. The marker is
 * written before the first rule, and updated with a delay from then on.
 */
public final class Marking {

    /** How long the marker may be out of date. */
    static final Duration LAZY = Duration.ofSeconds(1);

    private final DatapathId id;
    /** Absent: suites are not used, and every switch may be written to. */
    private @Nullable SuiteView suite;

    private long recorded;
    private boolean judged;
    private boolean ours;
    private @Nullable SuiteMarker marked;
    private @Nullable Instant due;
    private @Nullable Decision decision;
    /** Whether to write the marker again, even without a change. */
    private boolean renew;

    public Marking(DatapathId id) {
        this.id = id;
    }

    public void of(SuiteView view) {
        suite = view;
    }

    /** Notes the offset in vlink.rules of a record about this switch. */
    public void recorded(long offset) {
        recorded = Math.max(recorded, offset + 1);
    }

    /** Returns whether the switch was checked since the last connection. */
    public boolean isJudged() {
        return judged;
    }

    /** Returns whether the switch belonged to this suite at the last check. */
    public boolean isOurs() {
        return ours || suite == null;
    }

    /** Stores an operator's decision. It applies once, at the next check. */
    public void decide(Decision decided) {
        decision = decided;
    }

    /** Resets, as the switch's contents are unknown. */
    public void drop() {
        judged = false;
        marked = null;
        due = null;
    }

    /**
     * Takes possession of the switch if its contents show that it belongs to this suite. The marker is written before
     * anything else.
     */
    public Possession take(Contents contents, WantedRules wanted, long connection, SwitchEffects effects) {
        judged = true;
        if (suite == null) {
            return new Possession.Ours();
        }
        // Records that came since the topic was loaded count: the marker covers them too.
        SuiteView known = new SuiteView(suite.marks(), Math.max(suite.end(), recorded));
        Decision decided = decision;
        decision = null;
        Possession found = decided == null ? Possession.of(id, known, contents, wanted) : new Possession.Ours();
        ours = found instanceof Possession.Ours;
        if (!ours) {
            return found;
        }
        String own = suite.suite();
        List<SuiteMarker> others = contents.markers().stream()
                .filter(marker -> !marker.suite().equals(own))
                .toList();
        marked = decided == null ? Possession.marker(suite, contents) : null;
        SuiteMarker told = decided == null ? Possession.latest(suite, contents) : null;
        recorded = Math.max(recorded, told == null ? 0 : told.recorded()); // what an earlier build wrote counts too
        boolean clears = decided == Decision.CLEAR;
        if (marked == null || !others.isEmpty()) {
            put(own, others, clears, connection, effects);
        }
        return clears ? new Possession.Cleared() : found;
    }

    /** Checks in a later read whether the marker still exists. */
    public void seen(Contents contents) {
        if (suite != null && ours && due == null) {
            marked = Possession.marker(suite, contents);
        }
    }

    /**
     * Schedules another write of the marker, a moment from now. After any change of rules, Open vSwitch 3.1 reconsiders
     * frames like those already cached in its datapath. After a change of a bridge's mirrors it does not.
     */
    public void renew() {
        renew = true;
    }

    /** Keeps the marker up to date. Returns when to call again; null if not needed. */
    public @Nullable Instant act(long connection, SwitchEffects effects, Instant now) {
        boolean current = marked != null && marked.recorded() >= recorded && !renew;
        if (suite == null || !judged || !ours || current) {
            return null;
        }
        if (due == null) {
            due = now.plus(LAZY);
        }
        if (due.isAfter(now)) {
            return due;
        }
        due = null;
        put(suite.suite(), List.of(), false, connection, effects);
        return null;
    }

    /** Updates the marker at once. */
    public void flush(long connection, SwitchEffects effects) {
        if (judged && ours && marked != null && marked.recorded() < recorded) {
            put(marked.suite(), List.of(), false, connection, effects);
        }
    }

    private void put(String own, List<SuiteMarker> others, boolean clears, long connection, SwitchEffects effects) {
        SuiteMarker marker = new SuiteMarker(own, Math.max(recorded, marked == null ? 0 : marked.recorded()));
        marked = marker;
        renew = false;
        effects.command(new SwitchCommand.PutMarker(id, connection, marker, others, clears));
    }
}
