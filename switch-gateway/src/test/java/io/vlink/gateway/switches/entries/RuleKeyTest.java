package io.vlink.gateway.switches.entries;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Table;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule keys are found quickly, even among many. */
class RuleKeyTest {

    @Test
    void spreadsManyLabelsOnFewPorts() {
        // When
        Set<Integer> hashes = new HashSet<>();
        for (int port = 1; port <= 8; port++) {
            for (int vlan = 1; vlan <= 4000; vlan++) {
                hashes.add(key(port, vlan).hashCode());
            }
        }
        // Then
        assertThat(hashes).hasSizeGreaterThan(31_900);
        assertThat(key(3, 100)).isEqualTo(key(3, 100)).hasSameHashCodeAs(key(3, 100));
        Match all = Match.All.FRAMES;
        assertThat(new RuleKey.Parsed(Table.CLASSIFY, 0, all))
                .isNotEqualTo(new RuleKey.Parsed(Table.CONTROL, 0, all))
                .doesNotHaveSameHashCodeAs(new RuleKey.Parsed(Table.CONTROL, 0, all));
    }

    @Test
    void differsByTablePriorityAndMatch() {
        // Given
        Match match = new Match.AtPort(new PortNumber(3), new Label(Label.LabelKind.VLAN, 100));
        RuleKey key = new RuleKey.Parsed(Table.FORWARDING, 100, match);
        // Then
        assertThat(key)
                .isEqualTo(key(3, 100))
                .isNotEqualTo(new RuleKey.Parsed(Table.CLASSIFY, 100, match))
                .isNotEqualTo(new RuleKey.Parsed(Table.FORWARDING, 101, match))
                .isNotEqualTo(key(4, 100))
                .isNotEqualTo(key(3, 101))
                .isNotEqualTo(new RuleKey.Parsed(
                        Table.FORWARDING,
                        100,
                        new Match.AtPort(new PortNumber(3), new Label(Label.LabelKind.VNI, 100))))
                .isNotEqualTo(new RuleKey.Opaque("table=2"))
                .isNotEqualTo(null);
    }

    private static RuleKey key(int port, int vlan) {
        return new RuleKey.Parsed(
                Table.FORWARDING, 100, new Match.AtPort(new PortNumber(port), new Label(Label.LabelKind.VLAN, vlan)));
    }
}
