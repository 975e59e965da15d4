package io.vlink.flow.ledger;

import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.decision;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.paths.Circuit;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.Table;
import io.vlink.flow.compile.SwitchRules;
import io.vlink.flow.sample.Fabric;
import io.vlink.flow.sample.Fabric.Delivery;
import io.vlink.flow.sample.Frame;
import io.vlink.flow.sample.Replay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that edits of a live network lose and misdirect no frame, whichever switch applies its part first. */
class LosslessEditTest {

    private static final Frame FRAME = Frame.plain("x");

    /** Returns every path from a to e that crosses no node twice. */
    static Stream<String> paths() {
        List<String> paths = new ArrayList<>();
        extend("a", paths);
        return paths.stream();
    }

    private static void extend(String path, List<String> paths) {
        paths.add(path + "e");
        for (char node : "bcd".toCharArray()) {
            if (path.indexOf(node) < 0) {
                extend(path + node, paths);
            }
        }
    }

    static Stream<Arguments> edits() {
        return paths().flatMap(from -> paths().map(to -> new Arguments(from, to)));
    }

    private record Arguments(String from, String to) {
        @Override
        public String toString() {
            return from + " to " + to;
        }
    }

    @ParameterizedTest
    @MethodSource("edits")
    void isLosslessInEveryOrderOfSwitchesInEveryStage(Arguments edit) {
        // Given: forward over one path, reverse over the other's mirror: both directions move
        Circuit old = circuit(1, 1, edit.from(), mirrored(edit.to()), null);
        Circuit next = circuit(2, 2, edit.to(), mirrored(edit.from()), 20_000_000L);
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(old)).settle();
        assertDelivers(rehearsal.fabric());

        // When
        rehearsal.decide(decision(2, 2).admitted(next).retiring(old));

        // Then
        List<Stage> stages = new ArrayList<>();
        while (!rehearsal.pending().isEmpty()) {
            stages.add(rehearsal.ledger().stage());
            for (Set<DatapathId> ahead : subsets(rehearsal.pending())) {
                assertDelivers(rehearsal.fabric(ahead));
            }
            rehearsal.applyAll();
            assertDelivers(rehearsal.fabric());
            rehearsal.pass(Replay.SETTLING);
        }
        assertThat(stages).containsExactly(Stage.PREPARE, Stage.TURN, Stage.CLEAR);
        assertThat(rehearsal.status().removedCircuits()).containsExactly(1L);
        assertThat(rehearsal.fabric().send('a', 11, FRAME))
                .extracting(Delivery::crossed)
                .containsExactly(edit.to());
    }

    /** A suite of an earlier build is finalised and flow-service restarted: rules move to another table, network by network. */
    @ParameterizedTest
    @MethodSource("paths")
    void isLosslessInEveryOrderOfSwitchesWhenRulesMoveToAnotherTable(String path) {
        // Given
        Circuit circuit = circuit(1, 1, path, mirrored(path), 20_000_000L);
        Replay rehearsal = new Replay(Table.CLASSIFY)
                .decide(decision(1, 1).admitted(circuit))
                .settle();
        rehearsal.forgetWritten();

        // When
        rehearsal.restart(Table.FORWARDING);

        // Then
        assertThat(rehearsal.pending()).hasSize(path.length());
        for (Set<DatapathId> ahead : subsets(rehearsal.pending())) {
            assertDelivers(rehearsal.fabric(ahead));
        }
        rehearsal.settle();
        assertDelivers(rehearsal.fabric());
        assertThat(rehearsal.applied.values())
                .flatExtracting(RuleSet::rules)
                .allMatch(rule -> rule.standsIn() == Table.FORWARDING);
        assertThat(rehearsal.statuses).as("no status is needed").isEmpty();

        // When
        rehearsal.forgetWritten();
        rehearsal.restart(Table.FORWARDING).settle();

        // Then
        assertThat(rehearsal.written).isEmpty();
    }

    /** A decision came while flow-service was restarted for that: the serving rules have to move to the other table. */
    @ParameterizedTest
    @MethodSource("edits")
    void isLosslessInEveryStageWhileRulesMoveToAnotherTable(Arguments edit) {
        // Given
        Circuit old = circuit(1, 1, edit.from(), mirrored(edit.to()), null);
        Circuit next = circuit(2, 2, edit.to(), mirrored(edit.from()), 20_000_000L);
        Replay rehearsal = new Replay(Table.CLASSIFY)
                .decide(decision(1, 1).admitted(old))
                .settle()
                .down();
        rehearsal.decide(decision(2, 2).admitted(next).retiring(old));

        // When
        rehearsal.restart(Table.FORWARDING);

        // Then
        List<Stage> stages = new ArrayList<>();
        while (!rehearsal.pending().isEmpty()) {
            stages.add(rehearsal.ledger().stage());
            for (Set<DatapathId> ahead : subsets(rehearsal.pending())) {
                assertDelivers(rehearsal.fabric(ahead));
            }
            rehearsal.applyAll();
            assertDelivers(rehearsal.fabric());
            rehearsal.pass(Replay.SETTLING);
        }
        assertThat(stages).containsExactly(Stage.PREPARE, Stage.TURN, Stage.CLEAR);
        assertThat(rehearsal.fabric().send('a', 11, FRAME))
                .extracting(Delivery::crossed)
                .containsExactly(edit.to());
    }

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    /**
     * Edits that overtake others, mixed with lagging gateways, lagging confirmations, passing time and killed instances. Some
     * of the instances know that the suite was finalised, others do not.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void isLosslessWhenEditsOvertakeEachOther(long seed) {
        Random random = new Random(seed);
        List<String> paths = paths().toList();
        Circuit current = circuit(1, 1, "acde", "edba", null);
        List<Circuit> retiring = new ArrayList<>();
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(current)).settle();
        Set<DatapathId> unconfirmed = new HashSet<>();
        int generation = 1;
        for (int step = 2; step < 120; step++) {
            switch (random.nextInt(13)) {
                case 0 -> {
                    if (random.nextInt(3) == 0) {
                        hearOfMeter(rehearsal, random);
                    }
                    retiring.add(current);
                    generation++;
                    current = circuit(
                            freeNumber(current, retiring),
                            generation,
                            paths.get(random.nextInt(paths.size())),
                            mirrored(paths.get(random.nextInt(paths.size()))),
                            random.nextBoolean() ? 20_000_000L : null);
                    decide(rehearsal, generation, step, current, retiring);
                }
                case 1 -> {
                    // path-service frees removed circuits
                    List<Long> removed = rehearsal.status().removedCircuits();
                    if (retiring.removeIf(circuit -> removed.contains(circuit.number()))) {
                        decide(rehearsal, generation, step, current, retiring);
                    }
                }
                case 2 -> {
                    // it returns to a circuit that is still retiring
                    if (!retiring.isEmpty() && random.nextInt(3) == 0) {
                        Circuit back = retiring.remove(random.nextInt(retiring.size()));
                        retiring.add(current);
                        current = back;
                        decide(rehearsal, generation, step, current, retiring);
                    }
                }
                case 3 -> rehearsal.restart(random.nextBoolean() ? Table.FORWARDING : Table.CLASSIFY);
                case 12 -> {
                    // the first best effort of a link comes, or the last goes
                    hearOfMeter(rehearsal, random);
                    rehearsal.act();
                }
                case 4, 5 -> rehearsal.pass(Duration.ofMillis(random.nextInt(400)));
                case 6, 7 -> {
                    for (DatapathId datapathId : List.copyOf(unconfirmed)) {
                        if (random.nextBoolean()) {
                            unconfirmed.remove(datapathId);
                            rehearsal.confirm(datapathId);
                        }
                    }
                }
                default -> {
                    for (DatapathId datapathId : rehearsal.pending()) {
                        if (random.nextInt(3) == 0) {
                            rehearsal.apply(datapathId);
                            unconfirmed.add(datapathId);
                            assertDelivers(rehearsal.fabric());
                        }
                    }
                }
            }
            assertDelivers(rehearsal.fabric());
        }
        rehearsal.settle();
        rehearsal.compiled(current).forEach((datapathId, rules) -> assertThat(
                        SwitchRules.of(Objects.requireNonNull(rehearsal.wanted.get(datapathId))))
                .isEqualTo(rules));
        assertThat(rehearsal.fabric().send('a', 11, FRAME))
                .extracting(Delivery::crossed)
                .containsExactly(
                        String.join("", current.route(Direction.FORWARD).nodes())
                                .replace("node-", ""));
        assertThat(rehearsal.status().removedCircuits())
                .containsExactlyElementsOf(
                        retiring.stream().map(Circuit::number).toList());
    }

    private static void hearOfMeter(Replay rehearsal, Random random) {
        char from = "abcde".charAt(random.nextInt(5));
        char to = "abcde".charAt(random.nextInt(5));
        rehearsal.hearOfMeter(from, to, !rehearsal.isMetered(from, to));
    }

    /** Allocates labels as path-service does: none that is still in use. */
    private static long freeNumber(Circuit current, List<Circuit> retiring) {
        return LongStream.rangeClosed(1, 39)
                .filter(number -> number != current.number()
                        && retiring.stream().noneMatch(circuit -> circuit.number() == number))
                .findFirst()
                .orElseThrow();
    }

    private static void decide(Replay rehearsal, int generation, int step, Circuit current, List<Circuit> retiring) {
        rehearsal.decide(decision(generation, step).admitted(current).retiring(retiring.toArray(new Circuit[0])));
    }

    @Test
    void dropsACircuitThatNeverCarriedAFrame() {
        // Given: a second circuit is being prepared
        Circuit first = circuit(1, 1, "acde", "edca", null);
        Circuit second = circuit(2, 2, "ace", "eca", null);
        Circuit third = circuit(3, 3, "abe", "eba", null);
        Replay rehearsal = new Replay().decide(decision(1, 1).admitted(first)).settle();
        rehearsal.decide(decision(2, 2).admitted(second).retiring(first)).applyAll();

        // When
        rehearsal.decide(decision(3, 3).admitted(third).retiring(first, second)).applyAll();

        // Then
        assertThat(rehearsal.ledger().stage()).isEqualTo(Stage.PREPARE);
        assertThat(rehearsal.status().removedCircuits()).containsExactly(2L);
        assertDelivers(rehearsal.fabric());
    }

    private static void assertDelivers(Fabric fabric) {
        assertThat(fabric.send('a', 11, FRAME))
                .extracting(Delivery::node, Delivery::port, Delivery::frame)
                .containsExactly(org.assertj.core.groups.Tuple.tuple('e', 12, FRAME));
        assertThat(fabric.send('e', 12, FRAME))
                .extracting(Delivery::node, Delivery::port, Delivery::frame)
                .containsExactly(org.assertj.core.groups.Tuple.tuple('a', 11, FRAME));
    }

    private static String mirrored(String path) {
        return new StringBuilder(path).reverse().toString();
    }

    private static List<Set<DatapathId>> subsets(Set<DatapathId> all) {
        List<DatapathId> elements = List.copyOf(all);
        return IntStream.range(0, 1 << elements.size())
                .<Set<DatapathId>>mapToObj(mask -> {
                    Set<DatapathId> subset = new HashSet<>();
                    for (int i = 0; i < elements.size(); i++) {
                        if ((mask & (1 << i)) != 0) {
                            subset.add(elements.get(i));
                        }
                    }
                    return subset;
                })
                .toList();
    }
}
