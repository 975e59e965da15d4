package io.vlink.flow.ledger;

import io.vlink.events.rules.Rule;
import io.vlink.flow.compile.PathCompiler;
import io.vlink.flow.compile.SwitchRules;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How a live network moves from one circuit to the next, made before broken. What is live is read from what was written
 * for the switches before, never recomputed: it is what frames meet now.
 *
 * <pre>
 *   {@link #PREPARE}  the old as it is + label rules of the new           frames take the old
 *   {@link #TURN}     ingress of the new + label rules of both            frames take either, and both are whole
 *   {@link #CLEAR}    only the new                                        frames take the new
 * </pre>
 *
 * Behind each of the first two, once confirmed, the datapath caches of the switches are left time to follow. Where nothing
 * is live, all switches go to the last stage at once.
 */
public final class Turnover {

    public static final int PREPARE = 0;
    public static final int TURN = 1;
    public static final int CLEAR = 2;

    private Turnover() {}

    /**
     * The stage to begin with.
     *
     * @param current number of the circuit that is to be installed
     * @param contents what was written for each switch before
     * @param dropped numbers of circuits that never carried a frame and need not be kept
     */
    static int begin(long current, Collection<SwitchRules> contents, Set<Long> dropped) {
        boolean othersLive = contents.stream().anyMatch(rules -> rules.anyIngress(circuit -> circuit != current));
        boolean turned = contents.stream().anyMatch(rules -> rules.anyIngress(circuit -> circuit == current));
        if (!turned) {
            return othersLive ? PREPARE : CLEAR;
        }
        // The ingress is turned already; frames that entered before may still be under way on the others' labels.
        Predicate<Rule> kept = others(current, dropped);
        return contents.stream().anyMatch(rules -> rules.any(kept)) ? TURN : CLEAR;
    }

    /** What a switch is to hold in a stage. Applied to its own result it changes nothing. */
    static SwitchRules at(int stage, long current, SwitchRules compiled, SwitchRules content, Set<Long> dropped) {
        Predicate<Rule> kept = others(current, dropped);
        return switch (stage) {
            case PREPARE -> content.only(kept).with(compiled.only(rule -> !PathCompiler.isIngress(rule)));
            case TURN ->
                content.only(kept.and(rule -> !PathCompiler.isIngress(rule))).with(compiled);
            default -> compiled;
        };
    }

    private static Predicate<Rule> others(long current, Set<Long> dropped) {
        return rule -> {
            long circuit = SwitchRules.circuitOf(rule);
            return circuit != current && !dropped.contains(circuit);
        };
    }
}
