package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says in a switch whose it is, and up to where it was told what is wanted: before the first rule is written, and from then
 * on lazily.
 */
final class Marking {

    /** How far what the marker says may be behind. */
    static final Duration LAZY = Duration.ofSeconds(1);

    private final DatapathId id;
    /** Absent: nothing is known of suites, and every switch is ours. */
    private @Nullable SuiteView suite;

    private long recorded;
    private boolean judged;
    private boolean ours;
    private @Nullable SuiteMarker marked;
    private @Nullable Instant due;
    private @Nullable Decision decision;
    /** Whether the marker is to be put once more, as it is. */
    private boolean renew;

    Marking(DatapathId id) {
        this.id = id;
    }

    void of(SuiteView view) {
        suite = view;
    }

    /** Something is wanted of the switch that stands at this offset of vlink.rules. */
    void recorded(long offset) {
        recorded = Math.max(recorded, offset + 1);
    }

    /** Whether it is known whose the switch is, since it was last read for that. */
    boolean isJudged() {
        return judged;
    }

    /** Whether the switch was ours when it was last looked at. */
    boolean isOurs() {
        return ours || suite == null;
    }

    /** An operator decided; it counts once, the next time that the switch is looked at. */
    void decide(Decision decided) {
        decision = decided;
    }

    /** Nothing is known of what stands in the switch. */
    void forget() {
        judged = false;
        marked = null;
        due = null;
    }

    /** Takes the switch, if it is ours by what was found there; says so in it before anything else is written. */
    Possession take(Contents contents, WantedRules wanted, long connection, Effects effects) {
        judged = true;
        if (suite == null) {
            return new Possession.Ours();
        }
        // Records that came since the topic was loaded count: the marker says of those too.
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
        recorded = Math.max(recorded, told == null ? 0 : told.recorded()); // what an earlier build told it counts
        boolean clears = decided == Decision.CLEAR;
        if (marked == null || !others.isEmpty()) {
            put(own, others, clears, connection, effects);
        }
        return clears ? new Possession.Cleared() : found;
    }

    /** A later read shows whether the marker is still there. */
    void seen(Contents contents) {
        if (suite != null && ours && due == null) {
            marked = Possession.marker(suite, contents);
        }
    }

    /**
     * Has the marker put once more, a moment from now. Open vSwitch 3.1 decides again on frames like those that its datapath has
     * seen after any change of rules, and after a change of a bridge's mirrors it does not.
     */
    void renew() {
        renew = true;
    }

    /** Keeps the marker up to date; returns when to be called again, null: no need. */
    @Nullable Instant act(long connection, Effects effects, Instant now) {
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

    /** Brings the marker up to date at once. */
    void flush(long connection, Effects effects) {
        if (judged && ours && marked != null && marked.recorded() < recorded) {
            put(marked.suite(), List.of(), false, connection, effects);
        }
    }

    private void put(String own, List<SuiteMarker> others, boolean clears, long connection, Effects effects) {
        SuiteMarker marker = new SuiteMarker(own, Math.max(recorded, marked == null ? 0 : marked.recorded()));
        marked = marker;
        renew = false;
        effects.command(new SwitchCommand.Mark(id, connection, marker, others, clears));
    }
}
