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
        Replay replay = new Replay().decide(decision(1, 1).admitted(old)).settle();
        assertDelivers(replay.fabric());

        // When
        replay.decide(decision(2, 2).admitted(next).removing(old));

        // Then
        List<Stage> stages = new ArrayList<>();
        while (!replay.pending().isEmpty()) {
            stages.add(replay.ledger().stage());
            for (Set<DatapathId> ahead : subsets(replay.pending())) {
                assertDelivers(replay.fabric(ahead));
            }
            replay.applyAll();
            assertDelivers(replay.fabric());
            replay.pass(Replay.SETTLING);
        }
        assertThat(stages).containsExactly(Stage.PREPARE, Stage.SWITCH_OVER, Stage.CLEAN_UP);
        assertThat(replay.status().removedCircuits()).containsExactly(1L);
        assertThat(replay.fabric().send('a', 11, FRAME))
                .extracting(Delivery::crossed)
                .containsExactly(edit.to());
    }

    /** A suite of an earlier build is finalised and flow-service restarted: rules move to another table, network by network. */
    @ParameterizedTest
    @MethodSource("paths")
    void isLosslessInEveryOrderOfSwitchesWhenRulesMoveToAnotherTable(String path) {
        // Given
        Circuit circuit = circuit(1, 1, path, mirrored(path), 20_000_000L);
        Replay replay = new Replay(Table.CLASSIFY)
                .decide(decision(1, 1).admitted(circuit))
                .settle();
        replay.dropWritten();

        // When
        replay.restart(Table.FORWARDING);

        // Then
        assertThat(replay.pending()).hasSize(path.length());
        for (Set<DatapathId> ahead : subsets(replay.pending())) {
            assertDelivers(replay.fabric(ahead));
        }
        replay.settle();
        assertDelivers(replay.fabric());
        assertThat(replay.applied.values())
                .flatExtracting(RuleSet::rules)
                .allMatch(rule -> rule.standsIn() == Table.FORWARDING);
        assertThat(replay.statuses).as("no status is needed").isEmpty();

        // When
        replay.dropWritten();
        replay.restart(Table.FORWARDING).settle();

        // Then
        assertThat(replay.written).isEmpty();
    }

    /** A decision came while flow-service was restarted for that: the serving rules have to move to the other table. */
    @ParameterizedTest
    @MethodSource("edits")
    void isLosslessInEveryStageWhileRulesMoveToAnotherTable(Arguments edit) {
        // Given
        Circuit old = circuit(1, 1, edit.from(), mirrored(edit.to()), null);
        Circuit next = circuit(2, 2, edit.to(), mirrored(edit.from()), 20_000_000L);
        Replay replay = new Replay(Table.CLASSIFY)
                .decide(decision(1, 1).admitted(old))
                .settle()
                .down();
        replay.decide(decision(2, 2).admitted(next).removing(old));

        // When
        replay.restart(Table.FORWARDING);

        // Then
        List<Stage> stages = new ArrayList<>();
        while (!replay.pending().isEmpty()) {
            stages.add(replay.ledger().stage());
            for (Set<DatapathId> ahead : subsets(replay.pending())) {
                assertDelivers(replay.fabric(ahead));
            }
            replay.applyAll();
            assertDelivers(replay.fabric());
            replay.pass(Replay.SETTLING);
        }
        assertThat(stages).containsExactly(Stage.PREPARE, Stage.SWITCH_OVER, Stage.CLEAN_UP);
        assertThat(replay.fabric().send('a', 11, FRAME))
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
        // Given
        Random random = new Random(seed);
        List<String> paths = paths().toList();
        Circuit current = circuit(1, 1, "acde", "edba", null);
        List<Circuit> former = new ArrayList<>();
        Replay replay = new Replay().decide(decision(1, 1).admitted(current)).settle();
        Set<DatapathId> unconfirmed = new HashSet<>();
        int generation = 1;

        // When: at each step, frames still pass
        for (int step = 2; step < 120; step++) {
            switch (random.nextInt(13)) {
                case 0 -> {
                    if (random.nextInt(3) == 0) {
                        hearOfMeter(replay, random);
                    }
                    former.add(current);
                    generation++;
                    current = circuit(
                            freeNumber(current, former),
                            generation,
                            paths.get(random.nextInt(paths.size())),
                            mirrored(paths.get(random.nextInt(paths.size()))),
                            random.nextBoolean() ? 20_000_000L : null);
                    decide(replay, generation, step, current, former);
                }
                case 1 -> {
                    // path-service frees removed circuits
                    List<Long> removed = replay.status().removedCircuits();
                    if (former.removeIf(circuit -> removed.contains(circuit.number()))) {
                        decide(replay, generation, step, current, former);
                    }
                }
                case 2 -> {
                    // it returns to a circuit that is still being removed
                    if (!former.isEmpty() && random.nextInt(3) == 0) {
                        Circuit back = former.remove(random.nextInt(former.size()));
                        former.add(current);
                        current = back;
                        decide(replay, generation, step, current, former);
                    }
                }
                case 3 -> replay.restart(random.nextBoolean() ? Table.FORWARDING : Table.CLASSIFY);
                case 12 -> {
                    // the first best effort of a link is added, or the last is removed
                    hearOfMeter(replay, random);
                    replay.act();
                }
                case 4, 5 -> replay.pass(Duration.ofMillis(random.nextInt(400)));
                case 6, 7 -> {
                    for (DatapathId datapathId : List.copyOf(unconfirmed)) {
                        if (random.nextBoolean()) {
                            unconfirmed.remove(datapathId);
                            replay.confirm(datapathId);
                        }
                    }
                }
                default -> {
                    for (DatapathId datapathId : replay.pending()) {
                        if (random.nextInt(3) == 0) {
                            replay.apply(datapathId);
                            unconfirmed.add(datapathId);
                            assertDelivers(replay.fabric());
                        }
                    }
                }
            }
            assertDelivers(replay.fabric());
        }
        replay.settle();

        // Then
        replay.compiled(current).forEach((datapathId, rules) -> assertThat(
                        SwitchRules.of(Objects.requireNonNull(replay.wanted.get(datapathId))))
                .isEqualTo(rules));
        assertThat(replay.fabric().send('a', 11, FRAME))
                .extracting(Delivery::crossed)
                .containsExactly(
                        String.join("", current.route(Direction.FORWARD).nodes())
                                .replace("node-", ""));
        assertThat(replay.status().removedCircuits())
                .containsExactlyElementsOf(former.stream().map(Circuit::number).toList());
    }

    private static void hearOfMeter(Replay replay, Random random) {
        char from = "abcde".charAt(random.nextInt(5));
        char to = "abcde".charAt(random.nextInt(5));
        replay.hearOfMeter(from, to, !replay.isMetered(from, to));
    }

    /** Allocates labels as path-service does: none that is still in use. */
    private static long freeNumber(Circuit current, List<Circuit> former) {
        return LongStream.rangeClosed(1, 39)
                .filter(number ->
                        number != current.number() && former.stream().noneMatch(circuit -> circuit.number() == number))
                .findFirst()
                .orElseThrow();
    }

    private static void decide(Replay replay, int generation, int step, Circuit current, List<Circuit> former) {
        replay.decide(decision(generation, step).admitted(current).removing(former.toArray(new Circuit[0])));
    }

    @Test
    void dropsACircuitThatNeverCarriedAFrame() {
        // Given: a second circuit is being prepared
        Circuit first = circuit(1, 1, "acde", "edca", null);
        Circuit second = circuit(2, 2, "ace", "eca", null);
        Circuit third = circuit(3, 3, "abe", "eba", null);
        Replay replay = new Replay().decide(decision(1, 1).admitted(first)).settle();
        replay.decide(decision(2, 2).admitted(second).removing(first)).applyAll();

        // When
        replay.decide(decision(3, 3).admitted(third).removing(first, second)).applyAll();

        // Then
        assertThat(replay.ledger().stage()).isEqualTo(Stage.PREPARE);
        assertThat(replay.status().removedCircuits()).containsExactly(2L);
        assertDelivers(replay.fabric());
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
