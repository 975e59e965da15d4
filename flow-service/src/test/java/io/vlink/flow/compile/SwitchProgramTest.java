package io.vlink.flow.compile;

import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.dpid;
import static io.vlink.flow.sample.Sample.endpoint;
import static io.vlink.flow.sample.Sample.guide;
import static io.vlink.flow.sample.Sample.withEndpoints;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.paths.Circuit;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Rule;
import io.vlink.flow.sample.Compiled;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the part of a program that a rule belongs to, when compiled and when found in a switch. */
class SwitchProgramTest {

    @Test
    void turnsTrafficOnlyWhereItEnters() {
        // When
        Map<DatapathId, SwitchProgram> programs = PathCompiler.compile(guide(), Compiled.UNMETERED);

        // Then
        assertThat(of(programs, 'a').ingress())
                .extracting(SwitchProgramTest::direction)
                .containsExactly(Direction.FORWARD);
        assertThat(of(programs, 'a').downstream())
                .extracting(SwitchProgramTest::direction)
                .containsExactly(Direction.REVERSE);
        assertThat(of(programs, 'e').ingress())
                .extracting(SwitchProgramTest::direction)
                .containsExactly(Direction.REVERSE);
        assertThat(List.of('b', 'c', 'd'))
                .allSatisfy(node -> assertThat(of(programs, node).ingress()).isEmpty())
                .allSatisfy(node -> assertThat(of(programs, node).downstream()).isNotEmpty());
    }

    @Test
    void turnsBothDirectionsOnOneSwitch() {
        SwitchProgram only = of(PathCompiler.compile(circuit(3, 1, "a", "a", null), Compiled.UNMETERED), 'a');

        assertThat(only.ingress()).hasSize(2);
        assertThat(only.downstream()).isEmpty();
        assertThat(only.downstreamOnly()).isEqualTo(SwitchRules.NONE);
    }

    @Test
    void includesAMeterWithTheRuleThatUsesIt() {
        SwitchProgram ingress = of(PathCompiler.compile(guide(), Compiled.UNMETERED), 'a');

        assertThat(ingress.downstreamOnly().meters()).isEmpty();
        assertThat(ingress.downstreamOnly().rules()).isEqualTo(ingress.downstream());
        assertThat(ingress.whole().meters()).extracting(Meter::number).containsExactly(1);
        assertThat(ingress.whole().rules()).hasSize(2);
    }

    @Test
    void findsPresentRulesWithTheCurrentPortsOfTheEndpoints() {
        // Given: the rules were written while ping was at another port
        Circuit before = withEndpoints(guide(), endpoint('a', "ping", 31), endpoint('e', "pong", 12));
        SwitchRules written =
                of(PathCompiler.compile(before, Compiled.UNMETERED), 'a').whole();

        // When
        SwitchProgram now = of(PathCompiler.compile(guide(), Compiled.UNMETERED), 'a');

        // Then
        assertThat(now.isSwitchedOverIn(written)).isTrue();
        assertThat(now.presentIn(written)).isEqualTo(now);
        assertThat(now.ingress()).extracting(rule -> rule.match().inPort()).containsExactly(PortNumber.of(11));
    }

    @Test
    void findsOnlyPresentRules() {
        SwitchProgram program = of(PathCompiler.compile(guide(), Compiled.UNMETERED), 'a');

        assertThat(program.presentIn(SwitchRules.NONE).whole()).isEqualTo(SwitchRules.NONE);
        assertThat(program.isSwitchedOverIn(program.downstreamOnly())).isFalse();
        assertThat(program.presentIn(program.downstreamOnly()).ingress()).isEmpty();
        assertThat(program.presentIn(program.downstreamOnly()).downstream()).isEqualTo(program.downstream());
        assertThat(program.presentIn(program.downstreamOnly()).whole().meters()).isEmpty();
    }

    @Test
    void doesNotMatchRulesOfAnotherCircuit() {
        SwitchProgram program = of(PathCompiler.compile(guide(), Compiled.UNMETERED), 'a');
        SwitchRules others = of(PathCompiler.compile(circuit(2, 2, "acde", "edba", null), Compiled.UNMETERED), 'a')
                .whole();

        assertThat(program.isSwitchedOverIn(others)).isFalse();
        assertThat(program.presentIn(others).whole()).isEqualTo(SwitchRules.NONE);
    }

    @Test
    void distinguishesEntriesOfOneHopWithTheSameLabel() {
        // Given: labels are allocated per wire, so two entries of a merge may have the same
        SwitchProgram merging = entries(3, 2);

        // Then
        assertThat(merging.presentIn(entries(3).whole()).downstream()).containsExactly(entry(3));
        assertThat(merging.presentIn(merging.whole())).isEqualTo(merging);

        // When one of the ports has changed
        SwitchProgram moved = entries(3, 7);

        // Then
        assertThat(moved.presentIn(merging.whole())).isEqualTo(moved);
        assertThat(moved.presentIn(entries(3).whole()).downstream()).containsExactly(entry(3));
    }

    private static SwitchProgram entries(int... ports) {
        return new SwitchProgram(
                List.of(),
                Arrays.stream(ports).mapToObj(SwitchProgramTest::entry).toList(),
                List.of());
    }

    private static Rule entry(int port) {
        return new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, 1, Direction.FORWARD, 0),
                PathCompiler.LABEL_PRIORITY,
                new Match.AtPort(PortNumber.of(port), Label.of("vlan:101")),
                List.of(new Action.Output(PortNumber.of(5))),
                null);
    }

    private static Direction direction(Rule rule) {
        return rule.cookie().direction();
    }

    private static SwitchProgram of(Map<DatapathId, SwitchProgram> programs, char node) {
        return programs.getOrDefault(dpid(node), SwitchProgram.NONE);
    }
}
