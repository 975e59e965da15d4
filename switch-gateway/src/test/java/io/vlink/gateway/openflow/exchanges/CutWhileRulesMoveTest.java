package io.vlink.gateway.openflow.exchanges;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.entries.ForeignRule;
import io.vlink.gateway.switches.entries.ForeignRule.Bits;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.projectfloodlight.openflow.protocol.OFVersion;

/** A gateway dies between any two of its messages while rules move to another table. Every frame still meets a rule. */
class CutWhileRulesMoveTest extends CutGatewayFixture {

    /** The suite was finalised: rules move to another table. Wherever the gateway dies, every frame still meets a rule. */
    @ParameterizedTest
    @CsvSource({
        "OF_13, false, false",
        "OF_14, false, false",
        "OF_13, true, false",
        "OF_14, true, false",
        "OF_13, false, true",
        "OF_14, false, true",
        "OF_13, true, true",
        "OF_14, true, true"
    })
    void losesNoFrameWhileRulesMoveToAnotherTable(OFVersion spoken, boolean shared, boolean metered) {
        // Given
        version = spoken;
        others = shared ? Map.of(new ForeignRule(0, null, Bits.ANY, Bits.ANY, true), Duration.ofDays(1)) : Map.of();

        // When
        int messages = move(shared, metered, Integer.MAX_VALUE);

        // Then
        assertThat(messages).isGreaterThan(6);
        for (int cut = 0; cut < messages; cut++) {
            move(shared, metered, cut);
        }
    }

    /**
     * Returns the number of messages to the end.
     *
     * @param shared whether others have rules that a goto for all frames would bypass
     * @param metered whether one of the networks passes a link's meter after the move; the meter is requested last
     */
    private int move(boolean shared, boolean metered, int cut) {
        // Given
        generation = 0;
        table = Table.CLASSIFY;
        watch = model -> {};
        ModelSwitch model = begin();
        Life before = new Life(model, Integer.MAX_VALUE);
        for (int n = 1; n <= 3; n++) {
            change(before, set(n, metered && n == 3 ? 0 : n, 100 + n, 2));
        }
        List<Long> ports = List.of(10L, 11L, 20L, 21L, 30L, 31L);
        assertThat(ports).allMatch(port -> model.sentBy(port) == 0);
        // When
        generation = 1;
        table = Table.FORWARDING;
        watch = now -> assertThat(ports).as("cut at message %d", cut).allMatch(port -> now.sentBy(port) >= 0);
        Life life = new Life(model, cut);
        for (int n = 1; n <= 3; n++) {
            change(life, set(n, metered && n == 3 ? LINK_METER : n, 100 + n, 2));
        }
        if (metered) {
            change(life, links(1_000));
        }
        Life next = new Life(model, Integer.MAX_VALUE);
        // Then
        assertThat(ports)
                .as("cut at message %d: %s %s", cut, model.ourRules(), model.leads())
                .allMatch(port -> model.sentBy(port) == Table.FORWARDING.number());
        assertThat(model.leads())
                .containsExactlyInAnyOrderElementsOf(shared ? Collections.nCopies(6, "0 100") : List.of("1 0", "0 99"));
        assertExactlyWhatIsWanted(model, "a cut at message %d".formatted(cut));
        assertThat(next.control.counts().changing()).isZero();
        return life.messages;
    }

    /** A flow-service that does not know yet that the suite was finalised writes the rules for the first table again. */
    @ParameterizedTest
    @CsvSource({"OF_13, false", "OF_14, false", "OF_13, true", "OF_14, true"})
    void losesNoFrameWhileRulesMoveBackToTheFirstTable(OFVersion spoken, boolean shared) {
        // Given
        version = spoken;
        others = shared ? Map.of(new ForeignRule(0, null, Bits.ANY, Bits.ANY, true), Duration.ofDays(1)) : Map.of();

        // When
        int messages = comeBack(Integer.MAX_VALUE);

        // Then
        assertThat(messages).isGreaterThan(6);
        for (int cut = 0; cut < messages; cut++) {
            comeBack(cut);
        }
    }

    /** Returns the number of messages to the end. */
    private int comeBack(int cut) {
        // Given
        generation = 1;
        table = Table.FORWARDING;
        watch = model -> {};
        ModelSwitch model = begin();
        Life before = new Life(model, Integer.MAX_VALUE);
        for (int n = 1; n <= 3; n++) {
            change(before, set(n, n, 100 + n, 2));
        }
        List<Long> ports = List.of(10L, 11L, 20L, 21L, 30L, 31L);
        assertThat(ports).allMatch(port -> model.sentBy(port) == Table.FORWARDING.number());
        // When
        table = Table.CLASSIFY;
        watch = now -> assertThat(ports).as("cut at message %d", cut).allMatch(port -> now.sentBy(port) >= 0);
        Life life = new Life(model, cut);
        for (int n = 1; n <= 3; n++) {
            change(life, set(n, n, 100 + n, 2));
        }
        Life next = new Life(model, Integer.MAX_VALUE);
        // Then
        assertThat(ports)
                .as("cut at message %d: %s %s", cut, model.ourRules(), model.leads())
                .allMatch(port -> model.sentBy(port) == Table.CLASSIFY.number());
        assertExactlyWhatIsWanted(model, "a cut at message %d".formatted(cut));
        assertThat(next.control.counts().changing()).isZero();
        return life.messages;
    }
}
