package io.vlink.events.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text form of actions. */
class ActionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Arguments> actions() {
        return Stream.of(
                Arguments.of("meter 131071", new Action.ApplyMeter(131_071)),
                Arguments.of("push vlan:1", new Action.PushLabel(new Label(Label.LabelKind.VLAN, 1))),
                Arguments.of("swap vni:16777215", new Action.SwapLabel(new Label(Label.LabelKind.VNI, 0xffffff))),
                Arguments.of("pop", new Action.PopLabel()),
                Arguments.of("output 4294967040", new Action.Output(PortNumber.of(PortNumber.MAX))),
                Arguments.of("back", new Action.OutputBack()),
                Arguments.of("group 65535", new Action.ToGroup(65_535)),
                Arguments.of("goto 2", new Action.GoTo(Table.FORWARDING)));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void readsAndWritesEachAction(String text, Action action) throws JsonProcessingException {
        assertThat(JSON.writeValueAsString(List.of(action))).isEqualTo("[\"" + text + "\"]");
        assertThat(JSON.readValue("\"" + text + "\"", Action.class)).isEqualTo(action);
    }

    @Test
    void coversAllKindsOfActions() {
        assertThat(actions().<Class<?>>map(each -> Action.of(String.valueOf(each.get()[0]))
                        .getClass()))
                .containsExactlyInAnyOrder(Action.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "fly",
                "Pop",
                "pop 1",
                "pop ",
                "back 3",
                "output",
                "output ",
                "output 0",
                "output 03",
                "output +3",
                "output 3 4",
                "output 4294967041",
                "output 99999999999999999999",
                "output  3",
                "output \u0663",
                "meter 0",
                "meter 131072",
                "group 0",
                "group 65536",
                "goto 3",
                "goto -1",
                "push",
                "push 7",
                "push vlan:0",
                "push vlan:4095",
                "push vlan:+7",
                "push vlan:07",
                "swap vlan:",
                "swap vni:16777216",
                "swap vlan:7 ",
                "do push vlan:7"
            })
    void refusesAnInvalidText(String text) {
        assertThatThrownBy(() -> Action.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The action (" + text + ") must ");
        assertThatThrownBy(() -> JSON.readValue("\"" + text + "\"", Action.class))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("The action (" + text + ") must ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"do\": \"pop\"}", "3", "[\"pop\"]", "true"})
    void refusesOtherJsonThanText(String json) {
        assertThatThrownBy(() -> JSON.readValue(json, Action.class)).isInstanceOf(JsonProcessingException.class);
    }
}
