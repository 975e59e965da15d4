package io.vlink.flow.ledger;

import io.vlink.events.DatapathId;
import io.vlink.events.rules.Rule;
import io.vlink.flow.compile.PathCompiler;
import io.vlink.flow.compile.SwitchRules;
import java.util.Map;
import java.util.Set;

/**
 * How a live network moves from one circuit to the next, made before broken. Which circuit is live is read from what was
 * written for the switches before: that is what frames meet now, whatever was decided since.
 *
 * <pre>
 *   {@link #PREPARE}  the old as it is + label rules of the new           frames take the old
 *   {@link #TURN}     ingress of the new + label rules of both            frames take either, and both are whole
 *   {@link #CLEAR}    only the new                                        frames take the new
 * </pre>
 *
 * Behind each of the first two, once confirmed, the datapath caches of the switches are left time to follow. Where nothing
 * serves, as where what served is dead, all switches go to the last stage at once.
 *
 * @param current number of the circuit that is to be installed
 * @param compiled its rules
 * @param leaving the rules of all retiring circuits, as far as the workloads at their ends are still there
 * @param dropped numbers of retiring circuits that need not be kept: they never carried a frame, or carry none any more
 */
record Turnover(
        long current, Map<DatapathId, SwitchRules> compiled, Map<DatapathId, SwitchRules> leaving, Set<Long> dropped) {

    static final int PREPARE = 0;
    static final int TURN = 1;
    static final int CLEAR = 2;

    /** Nothing is wanted anywhere. */
    static final Turnover NOTHING = new Turnover(0, Map.of(), Map.of(), Set.of());

    Turnover {
        compiled = Map.copyOf(compiled);
        leaving = Map.copyOf(leaving);
        dropped = Set.copyOf(dropped);
    }

    /**
     * The stage to begin with.
     *
     * @param contents what was written for each switch before
     */
    int begin(Map<DatapathId, SwitchRules> contents) {
        if (contents.values().stream().anyMatch(content -> content.any(this::isIngressOfCurrent))) {
            // Turned already; frames that entered before may still be under way on the labels of the others.
            boolean alone = contents.entrySet().stream()
                    .allMatch(e -> kept(e.getKey(), e.getValue()).isEmpty());
            return alone ? CLEAR : TURN;
        }
        boolean live = contents.entrySet().stream()
                .anyMatch(e -> kept(e.getKey(), e.getValue()).any(PathCompiler::isIngress));
        return live && keepsOthers(contents) ? PREPARE : CLEAR;
    }

    /** Whether what serves now goes on to serve while a stage is brought to the switches. */
    boolean isHarmless(int stage, Map<DatapathId, SwitchRules> contents) {
        return stage == PREPARE ? keepsOthers(contents) : keepsCurrent(contents);
    }

    /** What a switch is to hold in a stage, given what was written for it before. Done twice it changes nothing more. */
    SwitchRules at(int stage, DatapathId datapathId, SwitchRules content) {
        SwitchRules wanted = compiled.getOrDefault(datapathId, SwitchRules.NONE);
        return switch (stage) {
            case PREPARE -> kept(datapathId, content).with(wanted.only(rule -> !PathCompiler.isIngress(rule)));
            case TURN ->
                kept(datapathId, content)
                        .only(rule -> !PathCompiler.isIngress(rule))
                        .with(wanted);
            default -> wanted;
        };
    }

    /** Whether there are label rules at all: on one switch there are none. */
    boolean needsPreparation() {
        return compiled.values().stream().anyMatch(rules -> rules.any(rule -> !PathCompiler.isIngress(rule)));
    }

    /** The rules of retiring circuits that stay: those that are there, with the ports that their ends have now. */
    private SwitchRules kept(DatapathId datapathId, SwitchRules content) {
        return leaving.getOrDefault(datapathId, SwitchRules.NONE)
                .only(rule ->
                        !dropped.contains(SwitchRules.circuitOf(rule)) && content.any(there -> isSameHop(there, rule)));
    }

    /** A direction of a circuit crosses a switch once. */
    private static boolean isSameHop(Rule one, Rule other) {
        return one.cookie().equals(other.cookie()) && PathCompiler.isIngress(one) == PathCompiler.isIngress(other);
    }

    private boolean keepsOthers(Map<DatapathId, SwitchRules> contents) {
        return contents.entrySet().stream().allMatch(e -> kept(e.getKey(), e.getValue())
                .rules()
                .containsAll(e.getValue()
                        .only(rule -> SwitchRules.circuitOf(rule) != current
                                && !dropped.contains(SwitchRules.circuitOf(rule)))
                        .rules()));
    }

    private boolean keepsCurrent(Map<DatapathId, SwitchRules> contents) {
        return !compiled.isEmpty()
                && compiled.entrySet().stream().allMatch(want -> contents.getOrDefault(want.getKey(), SwitchRules.NONE)
                        .only(rule -> SwitchRules.circuitOf(rule) == current)
                        .rules()
                        .equals(want.getValue().rules()));
    }

    private boolean isIngressOfCurrent(Rule rule) {
        return PathCompiler.isIngress(rule) && SwitchRules.circuitOf(rule) == current;
    }
}
