package io.vlink.flow.compile;

import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.dpid;
import static io.vlink.flow.sample.Sample.endpoint;
import static io.vlink.flow.sample.Sample.guide;
import static io.vlink.flow.sample.Sample.protectedGuide;
import static io.vlink.flow.sample.Sample.route;
import static io.vlink.flow.sample.Sample.toward;
import static io.vlink.flow.sample.Sample.withEndpoints;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.Circuit;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.Pipeline;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.Table;
import io.vlink.flow.sample.Compiled;
import io.vlink.flow.sample.OvsText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares rules as text, as in docs/pipeline.md. */
class PathCompilerTest {

    @Test
    void compilesTheSampleOfTheGuide() {
        // When
        Map<DatapathId, SwitchRules> compiled = Compiled.rules(guide());

        // Then
        assertThat(compiled).containsOnlyKeys(dpid('a'), dpid('b'), dpid('c'), dpid('d'), dpid('e'));
        assertThat(text(compiled, 'a')).isEqualTo("""
                        meter=1 kbps burst band=type=drop rate=20000 burst_size=400
                        cookie=0x564c100000001000 table=2 priority=100 in_port=11 actions=meter:1,push_vlan:0x8100,set_field:4196->vlan_vid,output:3
                        cookie=0x564c100000001001 table=2 priority=200 in_port=2,dl_vlan=152 actions=pop_vlan,output:11""");
        assertThat(text(compiled, 'b'))
                .isEqualTo(
                        "cookie=0x564c100000001001 table=2 priority=200 in_port=4,dl_vlan=151 actions=set_field:4248->vlan_vid,output:1");
        assertThat(text(compiled, 'c'))
                .isEqualTo(
                        "cookie=0x564c100000001000 table=2 priority=200 in_port=1,dl_vlan=100 actions=set_field:4197->vlan_vid,output:4");
        assertThat(text(compiled, 'd')).isEqualTo("""
                        cookie=0x564c100000001000 table=2 priority=200 in_port=3,dl_vlan=101 actions=set_field:4198->vlan_vid,output:5
                        cookie=0x564c100000001001 table=2 priority=200 in_port=5,dl_vlan=150 actions=set_field:4247->vlan_vid,output:2""");
        assertThat(text(compiled, 'e')).isEqualTo("""
                        cookie=0x564c100000001001 table=2 priority=100 in_port=12 actions=push_vlan:0x8100,set_field:4246->vlan_vid,output:4
                        cookie=0x564c100000001000 table=2 priority=200 in_port=4,dl_vlan=102 actions=pop_vlan,output:12""");
    }

    @Test
    void setsVnisOnVxlanLinksAndVlanTagsOnPlainOnes() {
        // When
        Map<DatapathId, SwitchRules> compiled = Compiled.rules(mixed());

        // Then
        assertThat(text(compiled, 'a')).isEqualTo("""
                        cookie=0x564c100000002000 table=2 priority=100 in_port=11 actions=set_field:20000->tun_id,output:3
                        cookie=0x564c100000002001 table=2 priority=200 in_port=2,tun_id=25002 actions=output:11""");
        assertThat(text(compiled, 'b'))
                .isEqualTo(
                        "cookie=0x564c100000002001 table=2 priority=200 in_port=4,tun_id=25001 actions=set_field:25002->tun_id,output:1");
        assertThat(text(compiled, 'c'))
                .isEqualTo(
                        "cookie=0x564c100000002000 table=2 priority=200 in_port=1,tun_id=20000 actions=push_vlan:0x8100,set_field:4297->vlan_vid,output:4");
        assertThat(text(compiled, 'd')).isEqualTo("""
                        cookie=0x564c100000002000 table=2 priority=200 in_port=3,dl_vlan=201 actions=pop_vlan,set_field:20002->tun_id,output:5
                        cookie=0x564c100000002001 table=2 priority=200 in_port=5,tun_id=25000 actions=set_field:25001->tun_id,output:2""");
        assertThat(text(compiled, 'e')).isEqualTo("""
                        cookie=0x564c100000002001 table=2 priority=100 in_port=12 actions=set_field:25000->tun_id,output:4
                        cookie=0x564c100000002000 table=2 priority=200 in_port=4,tun_id=20002 actions=output:12""");
    }

    /** The guide's path without bandwidth; all its links and no others have meters. A face that is an endpoint has none. */
    @Test
    void metersBestEffortAtEachLinkThatItLeavesOver() {
        // When
        Map<DatapathId, SwitchRules> compiled = Compiled.rules(bestEffort(), port -> true);

        // Then
        assertThat(text(compiled, 'a')).isEqualTo("""
                        cookie=0x564c100000003000 table=2 priority=100 in_port=11 actions=meter:65539,push_vlan:0x8100,set_field:4396->vlan_vid,output:3
                        cookie=0x564c100000003001 table=2 priority=200 in_port=2,dl_vlan=352 actions=pop_vlan,output:11""");
        assertThat(text(compiled, 'c'))
                .isEqualTo(
                        "cookie=0x564c100000003000 table=2 priority=200 in_port=1,dl_vlan=300 actions=meter:65540,set_field:4397->vlan_vid,output:4");
        assertThat(text(compiled, 'd')).isEqualTo("""
                        cookie=0x564c100000003000 table=2 priority=200 in_port=3,dl_vlan=301 actions=meter:65541,set_field:4398->vlan_vid,output:5
                        cookie=0x564c100000003001 table=2 priority=200 in_port=5,dl_vlan=350 actions=meter:65538,set_field:4447->vlan_vid,output:2""");
        assertThat(text(compiled, 'e')).isEqualTo("""
                        cookie=0x564c100000003001 table=2 priority=100 in_port=12 actions=meter:65540,push_vlan:0x8100,set_field:4446->vlan_vid,output:4
                        cookie=0x564c100000003000 table=2 priority=200 in_port=4,dl_vlan=302 actions=pop_vlan,output:12""");
    }

    @Test
    void doesNotMeterBestEffortWhereTheLinkHasNoMeter() {
        Map<DatapathId, SwitchRules> compiled =
                Compiled.rules(bestEffort(), new SwitchPort(dpid('c'), toward('d'))::equals);

        assertThat(text(compiled, 'c')).contains("actions=meter:65540,");
        compiled.forEach((datapathId, rules) -> assertThat(OvsText.of(rules).contains("meter"))
                .as("%s", datapathId)
                .isEqualTo(datapathId.equals(dpid('c'))));
    }

    /** Forward is reserved and has its own meter, only at the first hop; reverse is best effort. */
    @Test
    void doesNotPassReservedTrafficThroughMetersOfLinks() {
        Map<DatapathId, SwitchRules> compiled = Compiled.rules(guide(), port -> true);

        assertThat(text(compiled, 'a')).contains("actions=meter:1,push_vlan");
        assertThat(text(compiled, 'c')).doesNotContain("meter");
        assertThat(text(compiled, 'b')).contains("actions=meter:65537,set_field:4248->vlan_vid,output:1");
    }

    @ParameterizedTest
    @CsvSource({
        "80000000, 80000, 1600",
        "80000999, 80000, 1600", // rounded down: reserved traffic must pass
        "999, 1, 122", // never 0
        "0, 1, 122",
        "1000000000000000, 4294967295, 85899346",
    })
    void setsTheRateOfALinkMeterToTheRemainingBandwidth(long bits, long rateKbps, long burstKbits) {
        // Given
        LinkShare share = new LinkShare("default", dpid('a'), toward('c'), 1_000_000_000_000_000L, 0, bits);

        // Then
        assertThat(PathCompiler.meter(share)).contains(new Meter(65_539, rateKbps, burstKbits));
    }

    @Test
    void givesNoMeterToAPortBeyondTheMeterNumbers() {
        assertThat(PathCompiler.meter(new LinkShare("default", dpid('a'), PortNumber.of(65_536), 1, 0, 1)))
                .isEmpty();
    }

    /** a=c is VXLAN, c-d plain, d=e VXLAN; all are VXLAN in reverse. */
    private static Circuit mixed() {
        return new Circuit(
                2,
                1,
                List.of(endpoint('a', "ping", 11), endpoint('e', "pong", 12)),
                List.of(
                        route(Direction.FORWARD, 200, null, "acde", "ad", null, null),
                        route(Direction.REVERSE, 250, null, "edba", "edb", null, null)));
    }

    private static Circuit bestEffort() {
        return circuit(3, 1, "acde", "edba", null);
    }

    @Test
    void needsNoLabelWhereBothEndpointsAreOnOneSwitch() {
        Map<DatapathId, SwitchRules> compiled = Compiled.rules(circuit(3, 1, "a", "a", 1_000_000L));

        assertThat(compiled).containsOnlyKeys(dpid('a'));
        assertThat(text(compiled, 'a')).isEqualTo("""
                        meter=3 kbps burst band=type=drop rate=1000 burst_size=122
                        cookie=0x564c100000003000 table=2 priority=100 in_port=11 actions=meter:3,output:12
                        cookie=0x564c100000003001 table=2 priority=100 in_port=12 actions=output:11""");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 122", // never 0
        "1000, 1, 122",
        "1001, 2, 122", // rounded up: the reserved rate must pass
        "6100000, 6100, 122",
        "6150000, 6150, 123", // from here 20 ms are more than ten frames
        "20000000, 20000, 400",
        "100000000000, 100000000, 2000000",
        "9223372036854775807, 4294967295, 85899346",
    })
    void allowsBurstsOfTwentyMillisecondsButAtLeastTenFrames(long bandwidthBits, long rateKbps, long burstKbits) {
        assertThat(PathCompiler.meter(7, bandwidthBits)).isEqualTo(new Meter(7, rateKbps, burstKbits));
    }

    @Test
    void givesEqualRulesForEqualCircuits() {
        assertThat(Compiled.rules(guide())).isEqualTo(Compiled.rules(guide()));
    }

    @Test
    void omitsRulesThatNeedAnUnknownPort() {
        Circuit open = withEndpoints(guide(), endpoint('a', "ping", 11), endpoint('e', null, null));

        Map<DatapathId, SwitchRules> compiled = Compiled.rules(open);

        assertThat(compiled).containsOnlyKeys(dpid('a'), dpid('b'), dpid('c'), dpid('d'));
        assertThat(compiled.get(dpid('a'))).isEqualTo(Compiled.rules(guide()).get(dpid('a')));
    }

    /** The path crosses a twice: the second hop has another cookie. It enters d from two sides: two rules of one hop. */
    @Test
    void compilesARuleForEachEntryOfEachHop() {
        // When
        Map<DatapathId, SwitchRules> compiled = Compiled.rules(protectedGuide());

        // Then
        assertThat(text(compiled, 'a')).isEqualTo("""
                        cookie=0x564c100000001000 table=2 priority=100 in_port=11 actions=push_vlan:0x8100,set_field:4196->vlan_vid,output:3
                        cookie=0x564c100000001001 table=2 priority=200 in_port=2,dl_vlan=152 actions=pop_vlan,output:11
                        cookie=0x564c100000001002 table=2 priority=200 in_port=3,dl_vlan=300 actions=set_field:4397->vlan_vid,output:2""");
        assertThat(text(compiled, 'c'))
                .isEqualTo(
                        "cookie=0x564c100000001000 table=2 priority=200 in_port=1,dl_vlan=100 actions=set_field:4197->vlan_vid,output:4");
        assertThat(text(compiled, 'd')).isEqualTo("""
                        cookie=0x564c100000001000 table=2 priority=200 in_port=2,dl_vlan=302 actions=set_field:4198->vlan_vid,output:5
                        cookie=0x564c100000001000 table=2 priority=200 in_port=3,dl_vlan=101 actions=set_field:4198->vlan_vid,output:5
                        cookie=0x564c100000001001 table=2 priority=200 in_port=5,dl_vlan=150 actions=set_field:4247->vlan_vid,output:2""");
    }

    @Test
    void matchesTheRulesInThePipelineDocument() throws IOException {
        // Given
        String document = Files.readString(Path.of("../docs/pipeline.md"));

        // When
        Map<DatapathId, SwitchRules> guide = Compiled.rules(guide(), port -> true);
        Map<DatapathId, SwitchRules> mixed = Compiled.rules(mixed(), port -> true);

        // Then
        Stream.concat(guide.values().stream(), Stream.of('a', 'd').map(node -> mixed.get(dpid(node))))
                .flatMap(rules -> OvsText.of(Objects.requireNonNull(rules)).lines())
                .forEach(line -> assertThat(document).contains(line));
        LinkShare share = new LinkShare("default", dpid('a'), toward('c'), 1_000_000_000, 20_000_000, 980_000_000);
        assertThat(document)
                .contains(OvsText.of(
                        new SwitchRules(List.of(PathCompiler.meter(share).orElseThrow()), List.of(), List.of())));
        Pipeline.WHOLE.forEach(rule -> assertThat(document).contains(OvsText.of(rule)));
        Compiled.rules(guide()).getOrDefault(dpid('a'), SwitchRules.NONE).rules().stream()
                .map(rule -> Pipeline.leadingTo(rule.priority(), rule.match(), rule.cookie()))
                .forEach(rule -> assertThat(document).contains(OvsText.of(rule)));
    }

    /** For a suite that is not finalised: its other services may be of an earlier build. */
    @Test
    void compilesTheSameRulesForTheOnlyTableOfAnUnfinalisedSuite() {
        PathCompiler.compile(guide(), new Layout(Table.CLASSIFY, port -> false)).forEach((datapathId, program) -> {
            List<Rule> rules = program.whole().rules();
            assertThat(rules).allMatch(rule -> rule.standsIn() == Table.CLASSIFY);
            assertThat(Compiled.rules(guide())
                            .getOrDefault(datapathId, SwitchRules.NONE)
                            .serveAll(rules))
                    .isTrue();
        });
    }

    private static String text(Map<DatapathId, SwitchRules> compiled, char node) {
        return OvsText.of(compiled.getOrDefault(dpid(node), SwitchRules.NONE));
    }
}
