package io.vlink.flow.ledger;

import io.vlink.events.DatapathId;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Retiring;
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
 * What a live network moves to, and from what, in the stages of {@link Stage}. Which circuit is live is read from what was
 * written for the switches before: that is what frames meet now, whatever was decided since. Where nothing serves, as where
 * what served is dead, all switches go to the last stage at once.
 */
final class Turnover {

    /** Nothing is wanted anywhere. */
    static final Turnover NOTHING = new Turnover(0, Map.of(), Map.of(), Set.of());

    private final long current;
    private final Map<DatapathId, SwitchProgram> programs;
    private final Map<DatapathId, SwitchRules> wanted;
    private final Map<DatapathId, SwitchProgram> leaving;
    private final Set<Long> dropped;

    private Turnover(
            long current,
            Map<DatapathId, SwitchProgram> programs,
            Map<DatapathId, SwitchProgram> leaving,
            Set<Long> dropped) {
        this.current = current;
        this.programs = programs;
        this.wanted = new HashMap<>();
        this.leaving = leaving;
        this.dropped = dropped;
        programs.forEach((datapathId, program) -> wanted.put(datapathId, program.whole()));
    }

    /**
     * The way to a circuit.
     *
     * @param retiring the circuits that go; ports of their ends are known as far as their workloads are still there
     * @param neverTurned numbers of circuits that never carried a frame, so that nothing is lost with them
     * @param layout where rules are to stand, and which links have meters
     * @throws IllegalArgumentException if no rules can be made of one of them
     */
    static Turnover to(Circuit current, List<Retiring> retiring, Set<Long> neverTurned, Layout layout) {
        Map<DatapathId, SwitchProgram> leaving = new HashMap<>();
        Set<Long> dropped = new HashSet<>(neverTurned);
        for (Retiring each : retiring) {
            Map<DatapathId, SwitchProgram> compiled = PathCompiler.compile(each.circuit(), layout);
            if (each.carriesNothing() || neverTurned.contains(each.circuit().number())) {
                dropped.add(each.circuit().number());
            } else {
                compiled.forEach((datapathId, program) -> leaving.merge(datapathId, program, SwitchProgram::with));
            }
        }
        return new Turnover(current.number(), PathCompiler.compile(current, layout), leaving, dropped);
    }

    /** Number of the circuit that is to be installed; 0: none. */
    long current() {
        return current;
    }

    /** The switches of that circuit. */
    Set<DatapathId> switches() {
        return wanted.keySet();
    }

    /** Numbers of circuits that need not be kept: they never carried a frame, or carry none any more. */
    Set<Long> dropped() {
        return dropped;
    }

    /**
     * The stage to begin with.
     *
     * @param contents what was written for each switch before
     */
    Stage begin(Map<DatapathId, SwitchRules> contents) {
        if (programs.entrySet().stream()
                .anyMatch(e -> e.getValue().isTurnedIn(contents.getOrDefault(e.getKey(), SwitchRules.NONE)))) {
            // Turned already; frames that entered before may still be under way on the labels of the others.
            boolean alone = contents.entrySet().stream()
                    .allMatch(e -> kept(e.getKey(), e.getValue()).whole().isEmpty());
            return alone ? Stage.CLEAR : Stage.TURN;
        }
        boolean live = contents.entrySet().stream()
                .anyMatch(e -> !kept(e.getKey(), e.getValue()).turning().isEmpty());
        return live && keepsOthers(contents) ? Stage.PREPARE : Stage.CLEAR;
    }

    /** Whether what serves now goes on to serve while a stage is brought to the switches. */
    boolean isHarmless(Stage stage, Map<DatapathId, SwitchRules> contents) {
        return stage.isTurned() ? keepsCurrent(contents) : keepsOthers(contents);
    }

    /** What a switch is to hold in a stage, given what was written for it before. Done twice it changes nothing more. */
    SwitchRules at(Stage stage, DatapathId datapathId, SwitchRules content) {
        return switch (stage) {
            case PREPARE ->
                kept(datapathId, content)
                        .whole()
                        .with(programs.getOrDefault(datapathId, SwitchProgram.NONE)
                                .untilTurned());
            case TURN ->
                kept(datapathId, content).untilTurned().with(wanted.getOrDefault(datapathId, SwitchRules.NONE));
            case CLEAR -> wanted.getOrDefault(datapathId, SwitchRules.NONE);
        };
    }

    /** Whether there is anything to prepare: on one switch there is not. */
    boolean needsPreparation() {
        return programs.values().stream().anyMatch(program -> !program.rest().isEmpty());
    }

    /** What stays of retiring circuits: what is there. */
    private SwitchProgram kept(DatapathId datapathId, SwitchRules content) {
        return leaving.getOrDefault(datapathId, SwitchProgram.NONE).presentIn(content);
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
