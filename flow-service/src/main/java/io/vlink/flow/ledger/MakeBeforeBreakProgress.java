package io.vlink.flow.ledger;

import io.vlink.events.DatapathId;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.PathDecision;
import io.vlink.flow.compile.Layout;
import io.vlink.flow.compile.SwitchRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The progress of the last decision's {@link MakeBeforeBreak}.
 *
 * <pre>
 *   {@link #decided} ──► entering ──{@link #enter}──► PREPARE ──► SWITCH_OVER ──► CLEAN_UP
 *                                     └─────────────────┴───────────────┘ whichever is due first
 * </pre>
 */
final class MakeBeforeBreakProgress {

    private final Duration settling;
    private final Layout layout;
    private @Nullable PathDecision decision;
    private MakeBeforeBreak change = MakeBeforeBreak.NOTHING;
    private boolean entering;
    /** True if rules have to be recompiled because links have gained or lost meters. */
    private boolean outdated;
    /** True if recompiling cannot wait: rules use a meter that no longer exists, so switches may omit them. */
    private boolean hindered;

    private Stage stage = Stage.CLEAN_UP;
    private @Nullable Instant settledAt;
    private boolean intact;
    /**
     * Number of the circuit that is prepared and had no rules before, so no frame can have taken it; 0: none. A circuit that a
     * former owner prepared does not count: frames may have taken it.
     */
    private long prepared;

    MakeBeforeBreakProgress(Duration settling, Layout layout) {
        this.settling = settling;
        this.layout = layout;
    }

    /**
     * Processes a decision.
     *
     * @throws IllegalArgumentException if it cannot be compiled to rules; nothing changes then
     */
    void decided(PathDecision next) {
        change = changeTo(next, neverSwitchedOver(next));
        decision = next;
        outdated = false;
        hindered = false;
        entering = true;
        settledAt = null;
    }

    private MakeBeforeBreak changeTo(PathDecision next, Set<Long> neverSwitchedOver) {
        Circuit current = next.current();
        return current == null || !current.installable()
                ? MakeBeforeBreak.NOTHING
                : MakeBeforeBreak.to(current, next.retiring(), neverSwitchedOver, layout);
    }

    /** Records that the links with this sending port have gained or lost their meter. */
    void meterChanged(SwitchPort port) {
        outdated = true;
        hindered |= !layout.metered().test(port);
    }

    /**
     * Recompiles for the meters that links have now. During a change this waits for its end, unless a meter was removed: no
     * switch would confirm a rule that uses it, so the change would never end.
     */
    void refresh() {
        if (outdated && decision != null && (entering || hindered || stage.isLast())) {
            change = changeTo(decision, change.dropped());
            outdated = false;
            hindered = false;
        }
    }

    /** Returns circuits that were only prepared. They need not be kept: no frame has their labels. */
    private Set<Long> neverSwitchedOver(PathDecision next) {
        if (entering) {
            return change.dropped();
        }
        Circuit current = next.current();
        return prepared == 0 || (current != null && prepared == current.number()) ? Set.of() : Set.of(prepared);
    }

    /** Records that there is no decision any more. */
    void none() {
        decision = null;
        change = MakeBeforeBreak.NOTHING;
        entering = false;
        jump(Stage.CLEAN_UP);
    }

    /** Returns whether the decision is new and its first stage is not chosen yet. */
    boolean isEntering() {
        return entering;
    }

    /**
     * Chooses the first stage of a decision.
     *
     * @param contents the contents written for each switch before
     * @param reached the furthest stage of this decision that was written already; null: none
     */
    void enter(Map<DatapathId, SwitchRules> contents, @Nullable Stage reached) {
        entering = false;
        if (change.switches().isEmpty()) {
            stage = Stage.CLEAN_UP;
        } else {
            stage = reached == null ? change.begin(contents) : reached;
        }
        intact = change.isHarmless(stage, contents);
        long current = change.current();
        prepared = stage == Stage.PREPARE && (prepared == current || isUnknown(current, contents)) ? current : 0;
    }

    private static boolean isUnknown(long circuit, Map<DatapathId, SwitchRules> contents) {
        return contents.values().stream()
                .noneMatch(content -> content.any(rule -> SwitchRules.circuitOf(rule) == circuit));
    }

    /** Records that a former owner came further with the same decision: what it saw confirmed stays confirmed. */
    void follow(Stage reached) {
        if (!entering && reached.compareTo(stage) > 0) {
            jump(reached);
        }
    }

    /**
     * Advances to the next stage if this one is confirmed and its settling time is over.
     *
     * @param applied whether every switch of the new circuit confirmed this stage
     * @return whether it advanced
     */
    boolean advance(boolean applied, Instant now) {
        if (stage.isLast()) {
            intact |= applied;
            return false;
        }
        if (stage.isSwitchedOver() || change.needsPreparation()) {
            if (!applied) {
                settledAt = null;
                return false;
            }
            if (settledAt == null) {
                settledAt = now.plus(settling);
            }
            if (now.isBefore(settledAt)) {
                return false;
            }
        }
        jump(stage.next());
        return true;
    }

    private void jump(Stage next) {
        stage = next;
        settledAt = null;
        prepared = 0;
    }

    MakeBeforeBreak change() {
        return change;
    }

    Stage stage() {
        return stage;
    }

    /** Returns the time at which the stage's settling time is over; absent while unknown. */
    @Nullable Instant settledAt() {
        return settledAt;
    }

    /** Returns whether the decision interrupts nothing that carried traffic before it. */
    boolean isIntact() {
        return intact;
    }
}
