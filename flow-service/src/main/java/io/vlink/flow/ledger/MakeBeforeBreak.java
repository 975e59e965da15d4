package io.vlink.flow.ledger;

import io.vlink.events.DatapathId;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.flow.compile.Layout;
import io.vlink.flow.compile.PathCompiler;
import io.vlink.flow.compile.SwitchProgram;
import io.vlink.flow.compile.SwitchRules;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The make-before-break move of a live network from its circuits to a new one, in the stages of {@link Stage}. The rule
 * sets written for the switches show which circuit is live: frames follow these rules, regardless of later decisions.
 * If no circuit carries traffic, all switches go to the last stage at once.
 */
final class MakeBeforeBreak {

    /** Nothing is wanted anywhere. */
    static final MakeBeforeBreak NOTHING = new MakeBeforeBreak(0, Map.of(), Map.of(), Set.of());

    private final long current;
    private final Map<DatapathId, SwitchProgram> programs;
    private final Map<DatapathId, SwitchRules> wanted;
    private final Map<DatapathId, SwitchProgram> former;
    private final Set<Long> dropped;

    private MakeBeforeBreak(
            long current,
            Map<DatapathId, SwitchProgram> programs,
            Map<DatapathId, SwitchProgram> former,
            Set<Long> dropped) {
        this.current = current;
        this.programs = programs;
        this.wanted = new HashMap<>();
        this.former = former;
        this.dropped = dropped;
        programs.forEach((datapathId, program) -> wanted.put(datapathId, program.whole()));
    }

    /**
     * Creates the move to a circuit.
     *
     * @param removals the circuits to remove; ports of their endpoints are known as long as their workloads exist
     * @param neverSwitchedOver numbers of circuits that never carried a frame, so nothing is lost with them
     * @param layout the table of the rules, and the links that have meters
     * @throws IllegalArgumentException if one of them cannot be compiled to rules
     */
    static MakeBeforeBreak to(
            Circuit current, List<CircuitRemoval> removals, Set<Long> neverSwitchedOver, Layout layout) {
        Map<DatapathId, SwitchProgram> former = new HashMap<>();
        Set<Long> dropped = new HashSet<>(neverSwitchedOver);
        for (CircuitRemoval each : removals) {
            Map<DatapathId, SwitchProgram> compiled = PathCompiler.compile(each.circuit(), layout);
            if (each.carriesNothing()
                    || neverSwitchedOver.contains(each.circuit().number())) {
                dropped.add(each.circuit().number());
            } else {
                compiled.forEach((datapathId, program) -> former.merge(datapathId, program, SwitchProgram::with));
            }
        }
        return new MakeBeforeBreak(current.number(), PathCompiler.compile(current, layout), former, dropped);
    }

    /** Returns the number of the circuit to install; 0: none. */
    long current() {
        return current;
    }

    /** Returns the switches of that circuit. */
    Set<DatapathId> switches() {
        return wanted.keySet();
    }

    /** Returns the numbers of circuits that need not be kept: they never carried a frame, or carry none any more. */
    Set<Long> dropped() {
        return dropped;
    }

    /**
     * Returns the stage to begin with.
     *
     * @param contents the contents written for each switch before
     */
    Stage begin(Map<DatapathId, SwitchRules> contents) {
        if (programs.entrySet().stream()
                .anyMatch(e -> e.getValue().isSwitchedOverIn(contents.getOrDefault(e.getKey(), SwitchRules.NONE)))) {
            // Switched over already. Frames that entered before may still be on their way with the labels of the
            // others.
            boolean alone = contents.entrySet().stream()
                    .allMatch(e -> kept(e.getKey(), e.getValue()).whole().isEmpty());
            return alone ? Stage.CLEAN_UP : Stage.SWITCH_OVER;
        }
        boolean live = contents.entrySet().stream()
                .anyMatch(e -> !kept(e.getKey(), e.getValue()).ingress().isEmpty());
        return live && keepsOthers(contents) ? Stage.PREPARE : Stage.CLEAN_UP;
    }

    /** Returns whether a circuit that carries traffic keeps carrying it while a stage is brought to the switches. */
    boolean isHarmless(Stage stage, Map<DatapathId, SwitchRules> contents) {
        return stage.isSwitchedOver() ? keepsCurrent(contents) : keepsOthers(contents);
    }

    /** Returns the contents of a switch in a stage, given those written before. Idempotent. */
    SwitchRules at(Stage stage, DatapathId datapathId, SwitchRules content) {
        return switch (stage) {
            case PREPARE ->
                kept(datapathId, content)
                        .whole()
                        .with(programs.getOrDefault(datapathId, SwitchProgram.NONE)
                                .downstreamOnly());
            case SWITCH_OVER ->
                kept(datapathId, content).downstreamOnly().with(wanted.getOrDefault(datapathId, SwitchRules.NONE));
            case CLEAN_UP -> wanted.getOrDefault(datapathId, SwitchRules.NONE);
        };
    }

    /** Returns whether there is anything to prepare. A path over one switch needs no preparation. */
    boolean needsPreparation() {
        return programs.values().stream()
                .anyMatch(program -> !program.downstream().isEmpty());
    }

    /** Returns the parts of former circuits that a switch already has. They stay. */
    private SwitchProgram kept(DatapathId datapathId, SwitchRules content) {
        return former.getOrDefault(datapathId, SwitchProgram.NONE).presentIn(content);
    }

    private boolean keepsOthers(Map<DatapathId, SwitchRules> contents) {
        return contents.entrySet().stream().allMatch(e -> {
            SwitchRules others = e.getValue().ofCircuits(number -> number != current && !dropped.contains(number));
            return others.isEmpty() || kept(e.getKey(), e.getValue()).whole().leadAll(others);
        });
    }

    private boolean keepsCurrent(Map<DatapathId, SwitchRules> contents) {
        return !wanted.isEmpty()
                && wanted.entrySet().stream().allMatch(want -> want.getValue()
                        .leadAs(contents.getOrDefault(want.getKey(), SwitchRules.NONE)
                                .ofCircuits(number -> number == current)));
    }
}
