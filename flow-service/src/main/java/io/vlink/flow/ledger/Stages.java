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
 * How far the {@link Turnover} of the last decision has come.
 *
 * <pre>
 *   {@link #decided} ──► entering ──{@link #enter}──► PREPARE ──► TURN ──► CLEAR
 *                                     └─────────────────┴─────────┘ whichever is due first
 * </pre>
 */
final class Stages {

    private final Duration settling;
    private final Layout layout;
    private @Nullable PathDecision decision;
    private Turnover turnover = Turnover.NOTHING;
    private boolean entering;
    /** Whether rules are to be compiled again, since other links have meters than when they were. */
    private boolean outdated;
    /** Whether that cannot wait: rules pass a meter that is gone, so that switches may leave them out. */
    private boolean hindered;

    private Stage stage = Stage.CLEAR;
    private @Nullable Instant settledAt;
    private boolean intact;
    /**
     * Number of the circuit that is prepared and had no rules before, so that frames cannot have taken it; 0: none. What an
     * owner before us prepared is taken for one that frames may have taken.
     */
    private long prepared;

    Stages(Duration settling, Layout layout) {
        this.settling = settling;
        this.layout = layout;
    }

    /**
     * A decision came.
     *
     * @throws IllegalArgumentException if no rules can be made of it; nothing changes then
     */
    void decided(PathDecision next) {
        turnover = turnoverTo(next, neverTurned(next));
        decision = next;
        outdated = false;
        hindered = false;
        entering = true;
        settledAt = null;
    }

    private Turnover turnoverTo(PathDecision next, Set<Long> neverTurned) {
        Circuit current = next.current();
        return current == null || !current.installable()
                ? Turnover.NOTHING
                : Turnover.to(current, next.retiring(), neverTurned, layout);
    }

    /** A link that sends by this port has a meter now, or none any more. */
    void meterChanged(SwitchPort port) {
        outdated = true;
        hindered |= !layout.metered().test(port);
    }

    /**
     * Recompiles for the meters that links have now. In the midst of a turnover that waits until it is over, unless a meter is
     * gone: no switch would confirm a rule that passes it, so the turnover would never be over.
     */
    void refresh() {
        if (outdated && decision != null && (entering || hindered || stage.isLast())) {
            turnover = turnoverTo(decision, turnover.dropped());
            outdated = false;
            hindered = false;
        }
    }

    /** What was only being prepared need not be kept: no frame bears its labels. */
    private Set<Long> neverTurned(PathDecision next) {
        if (entering) {
            return turnover.dropped();
        }
        Circuit current = next.current();
        return prepared == 0 || (current != null && prepared == current.number()) ? Set.of() : Set.of(prepared);
    }

    /** There is no decision any more. */
    void none() {
        decision = null;
        turnover = Turnover.NOTHING;
        entering = false;
        jump(Stage.CLEAR);
    }

    /** Whether the decision is new and its first stage is not chosen yet. */
    boolean isEntering() {
        return entering;
    }

    /**
     * Chooses the first stage of a decision.
     *
     * @param contents what was written for each switch before
     * @param reached the furthest stage of this very decision that was written already; null: none
     */
    void enter(Map<DatapathId, SwitchRules> contents, @Nullable Stage reached) {
        entering = false;
        if (turnover.switches().isEmpty()) {
            stage = Stage.CLEAR;
        } else {
            stage = reached == null ? turnover.begin(contents) : reached;
        }
        intact = turnover.isHarmless(stage, contents);
        long current = turnover.current();
        prepared = stage == Stage.PREPARE && (prepared == current || isUnknown(current, contents)) ? current : 0;
    }

    private static boolean isUnknown(long circuit, Map<DatapathId, SwitchRules> contents) {
        return contents.values().stream()
                .noneMatch(content -> content.any(rule -> SwitchRules.circuitOf(rule) == circuit));
    }

    /** An owner before us came further with the same decision: what it saw confirmed stays so. */
    void follow(Stage reached) {
        if (!entering && reached.compareTo(stage) > 0) {
            jump(reached);
        }
    }

    /**
     * Goes on to the next stage if this one is in place and had its time to settle.
     *
     * @param applied whether every switch of the new circuit confirmed this stage
     * @return whether it went on
     */
    boolean advance(boolean applied, Instant now) {
        if (stage.isLast()) {
            intact |= applied;
            return false;
        }
        if (stage.isTurned() || turnover.needsPreparation()) {
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

    Turnover turnover() {
        return turnover;
    }

    Stage stage() {
        return stage;
    }

    /** When the stage will have had its time to settle; absent while that is not known. */
    @Nullable Instant settledAt() {
        return settledAt;
    }

    /** Whether the decision takes nothing away that served before it. */
    boolean isIntact() {
        return intact;
    }
}
