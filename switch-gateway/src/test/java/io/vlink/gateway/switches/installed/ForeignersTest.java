package io.vlink.gateway.switches.installed;

import static io.vlink.gateway.switches.Replay.ID;
import static io.vlink.gateway.switches.Replay.id;
import static io.vlink.gateway.switches.Replay.ingress;
import static io.vlink.gateway.switches.Replay.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.Shadow;
import io.vlink.events.rules.Table;
import io.vlink.events.switches.Switch;
import io.vlink.events.switches.SwitchWarning;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.BridgeSettings;
import io.vlink.gateway.switches.boundary.PortSizes;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.control.ForeignWatch;
import io.vlink.gateway.switches.entries.ForeignRule;
import io.vlink.gateway.switches.entries.ForeignRule.Bits;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.WantedRule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Foreign rules that shadow Vlink's: which frames they take, and how that is reported. */
class ForeignersTest {

    private static final Bits ANY = Bits.ANY;
    private static final Instant SINCE = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration AGE = Replay.FOREIGN_AGE;
    private static final ForeignRule DROP_ALL = rule(65_535, null);
    private static final RuleKey.Parsed VLAN_100_AT_3 = match(3, new Label(Label.LabelKind.VLAN, 100));
    private static final RuleKey.Parsed VNI_7_AT_3 = match(3, new Label(Label.LabelKind.VNI, 7));
    private static final RuleKey.Parsed ALL_AT_3 = match(3, null);

    private static ForeignRule rule(int priority, @Nullable Integer port) {
        return new ForeignRule(priority, port == null ? null : PortNumber.of(port), ANY, ANY, true);
    }

    private static ForeignRule vlan(int priority, long value, long mask) {
        return new ForeignRule(priority, null, new Bits(value, mask), ANY, true);
    }

    private static ForeignRule tunnel(int priority, long value) {
        return new ForeignRule(priority, null, ANY, new Bits(value, -1), true);
    }

    private static Foreigners standing(ForeignRule... rules) {
        Map<ForeignRule, Instant> since = new HashMap<>();
        List.of(rules).forEach(rule -> since.put(rule, SINCE));
        return new Foreigners(since);
    }

    /** The time at which the foreign rules of {@link Replay} were installed. */
    private static Instant since(Replay replay) {
        return replay.now.minus(AGE).truncatedTo(ChronoUnit.SECONDS);
    }

    private static RuleKey.Parsed match(int port, @Nullable Label label) {
        return new RuleKey.Parsed(Table.CLASSIFY, 200, new Match.AtPort(PortNumber.of(port), label));
    }

    @Test
    void takesFramesOfRulesWithoutHigherPriorityAtItsPort() {
        assertThat(DROP_ALL.takesFrom(VLAN_100_AT_3)).isTrue();
        assertThat(rule(200, 3).takesFrom(VLAN_100_AT_3)).isTrue();
        assertThat(rule(199, 3).takesFrom(VLAN_100_AT_3)).isFalse();
        assertThat(rule(65_535, 4).takesFrom(VLAN_100_AT_3)).isFalse();
    }

    @Test
    void comparesTags() {
        assertThat(vlan(300, 0x1000 | 100, -1).takesFrom(VLAN_100_AT_3)).isTrue();
        assertThat(vlan(300, 0x1000 | 101, -1).takesFrom(VLAN_100_AT_3)).isFalse();
        // Any tag; no tag; some bits of it.
        assertThat(vlan(300, 0x1000, 0x1000).takesFrom(VLAN_100_AT_3)).isTrue();
        assertThat(vlan(300, 0, -1).takesFrom(VLAN_100_AT_3)).isFalse();
        assertThat(vlan(300, 0x1004, 0x100f).takesFrom(VLAN_100_AT_3)).isTrue();
        assertThat(vlan(300, 0x1005, 0x100f).takesFrom(VLAN_100_AT_3)).isFalse();
        // A workload may use any tag, and frames from a tunnel may be tagged.
        assertThat(vlan(300, 0x1000 | 101, -1).takesFrom(ALL_AT_3)).isTrue();
        assertThat(vlan(300, 0x1000 | 101, -1).takesFrom(VNI_7_AT_3)).isTrue();
    }

    @Test
    void comparesTunnels() {
        assertThat(tunnel(300, 7).takesFrom(VNI_7_AT_3)).isTrue();
        assertThat(tunnel(300, 8).takesFrom(VNI_7_AT_3)).isFalse();
        // Frames from no tunnel have the id 0.
        assertThat(tunnel(300, 7).takesFrom(VLAN_100_AT_3)).isFalse();
        assertThat(tunnel(300, 0).takesFrom(ALL_AT_3)).isTrue();
    }

    private static ForeignRule in(Table table, int priority, @Nullable Integer port) {
        return new ForeignRule(table, priority, port == null ? null : PortNumber.of(port), ANY, ANY, true, false);
    }

    /** Frames always pass the first table; the rule that they are for decides about the others. */
    @Test
    void takesFramesInTheTablesThatTheyPass() {
        // Given
        RuleKey.Parsed behind = new RuleKey.Parsed(Table.FORWARDING, 200, VLAN_100_AT_3.match());

        // Then
        assertThat(in(Table.CLASSIFY, 200, 3).takesFrom(behind)).isTrue();
        assertThat(in(Table.CLASSIFY, 199, 3).takesFrom(behind)).isFalse();
        assertThat(in(Table.CONTROL, 300, 3).takesFrom(behind)).isFalse();
        assertThat(in(Table.FORWARDING, 200, 3).takesFrom(behind)).isTrue();
        assertThat(in(Table.FORWARDING, 199, 3).takesFrom(behind)).isFalse();
        assertThat(in(Table.FORWARDING, 300, 3).takesFrom(VLAN_100_AT_3)).isFalse();
        assertThat(standing(in(Table.FORWARDING, 300, 3))
                        .over(List.of(WantedRule.of(Replay.in(Table.FORWARDING, ingress(1, 3, 7))))))
                .isEqualTo(new Shadow(PortNumber.of(3), 300, true, SINCE, Table.FORWARDING));
    }

    /** A rule for every frame conflicts with foreign rules that would lose frames to it, or take its own. */
    @Test
    void conflictsWithARuleForEveryFrameUnlessAboveAllOfVlinksRules() {
        // Given
        ForeignRule local = new ForeignRule(Table.CLASSIFY, 5, null, ANY, ANY, true, true);

        // Then
        assertThat(Foreigners.NONE.areInTheWay()).isFalse();
        assertThat(standing(in(Table.CLASSIFY, 0, null)).areInTheWay()).isTrue();
        assertThat(standing(in(Table.CLASSIFY, 200, 3)).areInTheWay()).isTrue();
        assertThat(standing(in(Table.CLASSIFY, 201, 3)).areInTheWay()).isFalse();
        assertThat(standing(local).areInTheWay()).isTrue();
        assertThat(local.takesFrom(ALL_AT_3)).isFalse();
        assertThat(standing(in(Table.CONTROL, 65_535, 3)).areInTheWay()).isTrue();
        // A rule for all frames would also pass on frames that no rule of Vlink matches.
        assertThat(standing(in(Table.FORWARDING, 0, null)).areInTheWay()).isTrue();
        assertThat(standing(in(Table.FORWARDING, 65_535, 3)).areInTheWay()).isTrue();
        assertThat(standing(ForeignRule.unknown(Table.CLASSIFY)).areInTheWay()).isTrue();
        assertThat(standing(ForeignRule.UNTOLD).areInTheWay()).isTrue();
        assertThat(ForeignRule.UNTOLD.takesFrom(ALL_AT_3)).isFalse();
    }

    @Test
    void reportsCertainShadowsBeforePossibleOnes() {
        WantedRule ours = WantedRule.of(ingress(1, 3, 7));

        assertThat(standing(ForeignRule.unknown(Table.CLASSIFY)).over(List.of(ours)))
                .isEqualTo(new Shadow(PortNumber.of(3), 65_535, false, SINCE));
        assertThat(standing(ForeignRule.unknown(Table.CLASSIFY), rule(300, 3)).over(List.of(ours)))
                .isEqualTo(new Shadow(PortNumber.of(3), 300, true, SINCE));
        assertThat(standing(rule(300, 4), rule(1, null)).over(List.of(ours))).isNull();
    }

    @Test
    void reportsWhenNetworksAreShadowedAndNoLongerShadowed() {
        // Given
        Replay replay = new Replay();
        replay.connectAndObey()
                .put(set("n", 1, 0, ingress(1, 3, 7)))
                .put(set("other", 1, 0, ingress(2, 4, 7)))
                .obey();
        assertThat(last(replay, "n").shadow()).isNull();
        // When
        replay.foreign = List.of(rule(65_535, 3));
        replay.later(Duration.ofSeconds(30)).obey();
        // Then
        assertThat(last(replay, "n")).satisfies(state -> {
            assertThat(state.applied()).isTrue();
            assertThat(state.shadow()).isEqualTo(new Shadow(PortNumber.of(3), 65_535, true, since(replay)));
        });
        assertThat(last(replay, "other").shadow()).isNull();
        assertThat(warnings(replay)).singleElement().satisfies(warning -> {
            assertThat(warning.reason()).isEqualTo("ForeignRules");
            assertThat(warning.message()).contains("networks (1)").doesNotContain("n/");
        });
        // When
        replay.foreign = List.of();
        replay.later(Duration.ofSeconds(30)).obey();
        // Then
        assertThat(last(replay, "n").shadow()).isNull();
        assertThat(warnings(replay)).isEmpty();
    }

    @Test
    void reportsARuleInstalledUnderAForeignRuleWithItsShadow() {
        // Given
        Replay replay = new Replay();
        replay.foreign = List.of(DROP_ALL);
        replay.connectAndObey();
        // When
        replay.put(set("n", 1, 0, ingress(1, 3, 7))).obey();
        // Then
        assertThat(replay.states).filteredOn(RuleState::applied).isNotEmpty().allMatch(state -> state.shadow() != null);
    }

    @Test
    void reportsExistingRulesOnlyAfterReadingForeignRules() {
        // Given: a restarted gateway, installed rules, and foreign rules that shadow them
        Replay replay = new Replay();
        replay.put(set("n", 1, 0, ingress(1, 3, 7))).connectAndObey();
        replay.disconnect();
        replay.states.clear();
        replay.connect();
        replay.on(new SwitchEvent.MasterGranted(ID, replay.connection));
        SwitchCommand.ReadContents read =
                replay.take(SwitchCommand.ReadContents.class).orElseThrow();
        assertThat(replay.take(SwitchCommand.ReadForeign.class)).isPresent();
        // When
        replay.on(new SwitchEvent.ContentsRead(ID, replay.connection, read.number(), replay.contents()));
        // Then
        assertThat(replay.states).isEmpty();
        // When
        replay.on(new SwitchEvent.ForeignRead(ID, replay.connection, Map.of(DROP_ALL, AGE)));
        // Then
        assertThat(replay.states).singleElement().satisfies(state -> {
            assertThat(state.applied()).isTrue();
            assertThat(state.shadow()).isEqualTo(new Shadow(PortNumber.of(3), 65_535, true, since(replay)));
        });
    }

    @Test
    void reportsAfterAWhileEvenIfForeignRulesAreNotRead() {
        // Given: a switch that does not report foreign rules
        Replay replay = new Replay();
        replay.put(set("n", 1, 0, ingress(1, 3, 7))).connect();
        replay.on(new SwitchEvent.MasterGranted(ID, replay.connection));
        assertThat(replay.take(SwitchCommand.ReadForeign.class)).isPresent();
        // When
        replay.obey();
        // Then
        assertThat(replay.rules).hasSize(1);
        assertThat(replay.states).isEmpty();
        assertThat(replay.next).isNotNull().isBeforeOrEqualTo(replay.now.plus(ForeignWatch.PATIENCE));
        // When
        replay.later(ForeignWatch.PATIENCE);
        // Then
        assertThat(last(replay, "n").applied()).isTrue();
    }

    @Test
    void reportsShadowsInARefusedSwitch() {
        // Given
        Replay replay = new Replay();
        replay.put(set("n", 1, 0, ingress(1, 3, 7))).ovsdb("tcp:h:1").connectAndObey();
        // When: confirmed rules keep their state until foreign rules are read
        replay.foreign = List.of(DROP_ALL);
        replay.on(new SwitchEvent.BridgeRead(
                ID, new BridgeSettings("br0", "standalone", "true", null, List.of()), new PortSizes()));
        assertThat(replay.states).isEmpty();
        replay.obey();
        // Then
        assertThat(last(replay, "n")).satisfies(state -> {
            assertThat(state.error()).startsWith("SwitchRefused");
            assertThat(state.shadow()).isNotNull();
        });
        // When
        replay.foreign = List.of();
        replay.later(Duration.ofSeconds(30)).obey();
        // Then
        assertThat(last(replay, "n").error()).startsWith("SwitchRefused");
        assertThat(last(replay, "n").shadow()).isNull();
    }

    @Test
    void reportsSinceWhenAForeignRuleExistsForEveryGateway() {
        // Given
        Replay replay = new Replay();
        replay.connectAndObey().put(set("n", 1, 0, ingress(1, 3, 7))).obey();
        replay.foreign = List.of(rule(65_535, 3));
        replay.later(Duration.ofSeconds(30)).obey();
        Shadow told = Objects.requireNonNull(last(replay, "n").shadow());
        SwitchWarning warning = warnings(replay).getFirst();
        // Then
        assertThat(told.since()).isEqualTo(since(replay));
        assertThat(warning.since()).isEqualTo(told.since());
        assertThat(warning.message()).endsWith("(since %s).".formatted(told.since()));
        // When: the next read, with an older rule
        replay.states.clear();
        replay.foreignAge = AGE.plusSeconds(31);
        replay.later(Duration.ofSeconds(30)).obey();
        // Then
        assertThat(replay.states).isEmpty();
        // When: it was replaced by another of the same kind
        replay.foreignAge = Duration.ofSeconds(2);
        replay.later(Duration.ofSeconds(30)).obey();
        // Then
        assertThat(last(replay, "n").shadow()).isNotNull().satisfies(shadow -> assertThat(shadow.since())
                .isEqualTo(replay.now.minusSeconds(2).truncatedTo(ChronoUnit.SECONDS)));
    }

    @Test
    void doesNotAskAgainBeforeTheAnswer() {
        // Given
        Replay replay = new Replay().connectAndObey();
        replay.later(Duration.ofSeconds(30));
        assertThat(replay.take(SwitchCommand.ReadForeign.class)).isPresent();
        // When
        replay.later(Duration.ofSeconds(30));
        // Then
        assertThat(replay.take(SwitchCommand.ReadForeign.class)).isEmpty();
        // When
        replay.on(new SwitchEvent.ForeignRead(ID, 1, Map.of())).later(Duration.ofSeconds(30));
        // Then
        assertThat(replay.take(SwitchCommand.ReadForeign.class)).isPresent();
    }

    private static RuleState last(Replay replay, String network) {
        return replay.states.stream()
                .filter(state -> state.owner().equals(id(network)))
                .toList()
                .getLast();
    }

    private static List<SwitchWarning> warnings(Replay replay) {
        Switch last = replay.all.stream()
                .flatMap(effects -> effects.switches().stream())
                .toList()
                .getLast();
        return last.allWarnings();
    }
}
