package io.vlink.events.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table and the match of a rule, in memory and in JSON. */
class RuleTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();
    private static final Cookie COOKIE = Cookie.of(Cookie.CookieKind.FORWARDING, 5, Direction.REVERSE, 3);
    private static final Match AT_3 = new Match.AtPort(PortNumber.of(3), new Label(Label.LabelKind.VLAN, 7));

    private static Rule rule(@Nullable Table table) {
        return new Rule(COOKIE, 200, AT_3, List.of(new Action.Output(PortNumber.of(4))), table);
    }

    @Test
    void isInTheForwardingTableByDefault() throws JsonProcessingException {
        assertThat(rule(Table.FORWARDING)).isEqualTo(rule(null));
        assertThat(rule(null).standsIn()).isEqualTo(Table.FORWARDING);
        assertThat(JSON.writeValueAsString(rule(Table.FORWARDING))).doesNotContain("table");
        assertThat(JSON.writeValueAsString(rule(Table.CLASSIFY))).contains("\"table\":0");
    }

    @ParameterizedTest
    @EnumSource(Table.class)
    void isReadAsItWasWritten(Table table) throws JsonProcessingException {
        assertThat(JSON.readValue(JSON.writeValueAsString(rule(table)), Rule.class))
                .isEqualTo(rule(table));
        assertThat(Table.of(table.number())).isEqualTo(table);
    }

    @Test
    void leavesOutWhatFollowsFromTheRest() throws JsonProcessingException {
        // Given
        Match anything = new Match.AtPort(PortNumber.of(3), null);
        List<Action> actions = rule(null).actions();

        // Then
        assertThat(JSON.writeValueAsString(rule(null)))
                .isEqualTo("{\"cookie\":\"5007\",\"inPort\":3,\"label\":\"vlan:7\",\"actions\":[\"output 4\"]}");
        assertThat(JSON.writeValueAsString(new Rule(COOKIE, 100, anything, actions, null)))
                .isEqualTo("{\"cookie\":\"5007\",\"inPort\":3,\"actions\":[\"output 4\"]}");
        for (int priority : new int[] {0, 100, 150, 200, 0xffff}) {
            for (Match match : List.of(AT_3, anything)) {
                Rule rule = new Rule(COOKIE, priority, match, actions, null);
                assertThat(JSON.writeValueAsString(rule).contains("\"priority\":" + priority))
                        .isEqualTo(priority != (match.label() == null ? 100 : 200));
                assertThat(JSON.readValue(JSON.writeValueAsString(rule), Rule.class))
                        .isEqualTo(rule);
            }
        }
    }

    @Test
    void doesNotRecordARuleForAllFrames() {
        assertThatThrownBy(() -> JSON.writeValueAsString(Pipeline.WHOLE.getFirst()))
                .hasMessageContaining("The rule 0x564c300000000000 matches all frames");
    }

    @Test
    void leadingRulesAreInOtherTablesAndLeadToLaterOnes() {
        // When
        Rule lead = Pipeline.leadingTo(200, AT_3, COOKIE);

        // Then
        assertThat(lead.standsIn()).isEqualTo(Table.CLASSIFY);
        assertThat(lead.match()).isEqualTo(AT_3);
        assertThat(lead.cookie().isOfGateway()).isTrue();
        assertThat(lead.cookie().circuit()).isEqualTo(5);
        assertThat(lead.cookie().hop()).isEqualTo(3);
        assertThat(lead.cookie().direction()).isEqualTo(Direction.REVERSE);
        assertThat(Pipeline.WHOLE)
                .allSatisfy(rule -> assertThat(rule.actions()).containsExactly(new Action.GoTo(Table.FORWARDING)))
                .extracting(Rule::standsIn)
                .containsExactly(Table.CONTROL, Table.CLASSIFY);
        assertThat(Cookie.ofGateway()).hasToString("0x564c300000000000");
        assertThat(COOKIE.isOfGateway()).isFalse();
        assertThat(Cookie.ofSuite(7).isOfGateway()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"label\": \"vlan:7\"}", "\"any\"", "3", "[]"})
    void refusesAMatchWithoutAPort(String match) {
        assertThatThrownBy(() -> JSON.readValue(match, Match.class)).isInstanceOf(JsonMappingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "-1", "255", "\"two\""})
    void refusesUnknownTables(String table) {
        assertThatThrownBy(() -> JSON.readValue(table, Table.class)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void aNetworkHasNoRuleForAllFrames() {
        assertThatThrownBy(() -> new RuleSet(
                        DatapathId.of("a"),
                        NetworkId.of("default/default/n"),
                        new Revision(1, 1, 2),
                        List.of(),
                        List.of(),
                        List.of(new Rule(COOKIE, 200, Match.All.FRAMES, List.of(), null))))
                .hasMessageContaining("must match frames that arrive at a port");
    }

    @Test
    void treatsFramesAlikeInAnotherTable() {
        assertThat(rule(Table.CLASSIFY).doesAs(rule(Table.FORWARDING))).isTrue();
        assertThat(rule(null).doesAs(new Rule(COOKIE, 100, AT_3, rule(null).actions(), null)))
                .isFalse();
        assertThat(rule(null).doesAs(new Rule(COOKIE, 200, AT_3, List.of(), null)))
                .isFalse();
        assertThat(rule(null)
                        .doesAs(new Rule(
                                Cookie.of(Cookie.CookieKind.FORWARDING, 6, Direction.REVERSE, 3),
                                200,
                                AT_3,
                                rule(null).actions(),
                                null)))
                .isFalse();
    }
}
