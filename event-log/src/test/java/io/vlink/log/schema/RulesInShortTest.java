package io.vlink.log.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.PortNumber;
import io.vlink.events.Topic;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.rules.Shadow;
import io.vlink.events.rules.Table;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.Forms;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The meaning of rules in the full form, with one table, and the records written for builds that used it. */
class RulesInShortTest {

    private static final ObjectMapper JSON = EventJson.mapper();

    /** The rules of a reserved vlink at its first switch, as earlier builds wrote them. */
    private static final String THEN = """
            {"datapathId":"000000000000000a","network":"default/team-3/v0003",\
            "revision":{"generation":4,"step":1,"stage":2},"meters":[{"number":1,"rateKbps":20000,"burstKbits":400}],\
            "rules":[{"cookie":"0x564c100000017000","priority":100,"match":{"inPort":507},"actions":[\
            {"do":"meter","meter":1},{"do":"push","label":"vlan:1"},{"do":"output","port":2}]},\
            {"cookie":"0x564c100000017001","priority":200,"match":{"inPort":2,"label":"vlan:16"},"actions":[\
            {"do":"pop"},{"do":"output","port":507}]}]}""";

    private static final String NOW = """
            {"datapathId":"000000000000000a","network":"default/team-3/v0003","revision":"4.1.2",\
            "meters":[{"number":1,"rateKbps":20000,"burstKbits":400}],"rules":[\
            {"cookie":"17000","inPort":507,"actions":["meter 1","push vlan:1","output 2"],"table":0},\
            {"cookie":"17001","inPort":2,"label":"vlan:16","actions":["pop","output 507"],"table":0}]}""";
    private static final String STATE_THEN = """
            {"network":"default/team-3/v0003","datapathId":"000000000000000a","epoch":1,\
            "revision":{"generation":4,"step":1,"stage":2},"applied":true}""";
    private static final String STATE_NOW = """
            {"network":"default/team-3/v0003","datapathId":"000000000000000a","epoch":1,"revision":"4.1.2"}""";

    private static <T> T read(Topic topic, int schema, String json, Class<T> type) throws UnreadableEvent {
        byte[] value = json.getBytes(StandardCharsets.UTF_8);
        return EventJson.read(new Entry(topic, 0, 0, Instant.EPOCH, "key", value, null, schema), type);
    }

    private static RuleSet read(int schema, String json) throws UnreadableEvent {
        return read(Topic.RULES, schema, json, RuleSet.class);
    }

    private static String write(Forms forms, Topic topic, Object event) {
        return new String(forms.write(topic, event), StandardCharsets.UTF_8);
    }

    /** Returns the record as a finalised suite writes it, with the rules in the forwarding table. */
    private static String inForwarding(String now) {
        return now.replace(",\"table\":0", "");
    }

    @Test
    void anOldRuleIsInTheFirstTable() throws Exception {
        assertThat(read(1, THEN).rules()).allMatch(rule -> rule.standsIn() == Table.CLASSIFY);
        assertThat(read(1, THEN)).isEqualTo(read(2, NOW));
        assertThat(read(2, inForwarding(NOW)).rules()).allMatch(rule -> rule.standsIn() == Table.FORWARDING);
    }

    @Test
    void writesForEarlierBuildsExactlyWhatTheyWrote() throws Exception {
        Forms then = Forms.of(0);

        assertThat(write(then, Topic.RULES, read(1, THEN))).isEqualTo(THEN);
        assertThat(write(then, Topic.RULES, read(2, NOW))).isEqualTo(THEN);
        assertThat(write(then, Topic.RULE_STATES, read(Topic.RULE_STATES, 2, STATE_NOW, RuleState.class)))
                .isEqualTo(STATE_THEN);
        assertThat(then.headers(Topic.RULES)).isEmpty();
    }

    @Test
    void writesTheShortFormOnceTheSuiteIsFinalised() throws Exception {
        assertThat(write(Forms.NEWEST, Topic.RULES, read(1, THEN))).isEqualTo(NOW);
        assertThat(write(Forms.NEWEST, Topic.RULE_STATES, read(Topic.RULE_STATES, 1, STATE_THEN, RuleState.class)))
                .isEqualTo(STATE_NOW);
        assertThat(Schemas.number(Topic.RULES, new RecordHeaders(Forms.NEWEST.headers(Topic.RULES))))
                .isEqualTo(2);
    }

    /** The cost of a vlink in Kafka is proportional to the size of its records; see docs/decisions/0006. */
    @Test
    void theShortFormIsAThirdSmaller() {
        String empty = THEN.replaceAll("\"(meters|rules)\":\\[.*]}", "\"meters\":[],\"rules\":[]}");
        String emptyNow = inForwarding(NOW).replaceAll("\"meters\":.*", "\"rules\":[]}");

        assertThat(inForwarding(NOW).length()).isLessThanOrEqualTo(THEN.length() * 66 / 100);
        assertThat(STATE_NOW.length()).isLessThanOrEqualTo(STATE_THEN.length() * 70 / 100);
        assertThat(empty).endsWith("\"stage\":2},\"meters\":[],\"rules\":[]}");
        assertThat(emptyNow.length()).isLessThanOrEqualTo(empty.length() * 76 / 100);
    }

    @Test
    void aFailureKeepsAllFieldsInBothForms() throws Exception {
        // Given
        RuleState failed = RuleState.failed(
                read(1, THEN).owner(),
                read(1, THEN).datapathId(),
                3,
                read(1, THEN).revision(),
                RuleStateReason.TABLE_FULL,
                "no room",
                new Shadow(PortNumber.of(2), 300, true));

        // When
        String then = write(Forms.of(0), Topic.RULE_STATES, failed);

        // Then
        assertThat(then).isEqualTo("""
                        {"network":"default/team-3/v0003","datapathId":"000000000000000a","epoch":3,\
                        "revision":{"generation":4,"step":1,"stage":2},"applied":false,"error":"no room",\
                        "shadow":{"port":2,"priority":300,"certain":true},"reason":"TableFull","message":"no room"}""");
        assertThat(read(Topic.RULE_STATES, 1, then, RuleState.class)).isEqualTo(failed);
        assertThat(read(Topic.RULE_STATES, 2, write(Forms.NEWEST, Topic.RULE_STATES, failed), RuleState.class))
                .isEqualTo(failed);
    }

    @Test
    void leavesOutDefaultsAndWritesEverythingElse() throws Exception {
        String unusual = THEN.replace("\"priority\":200", "\"priority\":150")
                .replace("0x564c100000017000", "0x564c200000017000")
                .replace("{\"do\":\"pop\"}", "{\"do\":\"swap\",\"label\":\"vni:70000\"}");
        RuleSet set = read(1, unusual);

        assertThat(write(Forms.of(0), Topic.RULES, set)).isEqualTo(unusual);
        assertThat(write(Forms.NEWEST, Topic.RULES, set))
                .contains("\"cookie\":\"0x564c200000017000\"", "\"priority\":150", "swap vni:70000");
        assertThat(read(2, write(Forms.NEWEST, Topic.RULES, set))).isEqualTo(set);
    }

    @Test
    void refusesWhatTheOldFormCannotExpress() throws Exception {
        // Given
        Forms then = Forms.of(0);

        // Then
        assertThatThrownBy(() -> then.write(Topic.RULES, read(2, inForwarding(NOW))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0x564c100000017000 is in table 2");
        assertThatThrownBy(() -> then.write(Topic.RULES, read(2, NOW.replace("\"table\":0", "\"table\":1"))))
                .hasMessageContaining("is in table 1");
        for (String action : List.of("goto 2", "back")) {
            RuleSet set = read(2, NOW.replace("\"pop\"", "\"" + action + "\""));
            assertThatThrownBy(() -> then.write(Topic.RULES, set))
                    .hasMessageContaining("The rule 0x564c100000017001 has the action " + action);
        }
    }

    /** Tables, owners and groups were introduced with one number, so the old form can express none of them. */
    @Test
    void refusesLinksAndGroupsInTheOldForm() throws Exception {
        RuleSet ofLink = read(2, """
                {"datapathId":"000000000000000a","link":"default/3","revision":"4.1.2","rules":[]}""");
        RuleSet grouped = read(
                2, NOW.replace("\"rules\"", "\"groups\":[{\"number\":7,\"kind\":\"all\",\"buckets\":[]}],\"rules\""));

        assertThatThrownBy(() -> Forms.of(0).write(Topic.RULES, ofLink)).hasMessageContaining("default/3");
        assertThatThrownBy(() -> Forms.of(0).write(Topic.RULES, grouped)).hasMessageContaining("no groups");
        assertThat(tree(Forms.NEWEST.write(Topic.RULES, ofLink))).isEqualTo(tree(EventJson.write(ofLink)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"cookie\":\"17000\",|| rules[0].cookie is missing",
                "\"inPort\":507,|| rules[0].inPort is missing",
                ",\"actions\":[\"pop\",\"output 507\"]|| rules[1].actions is missing",
                "\"revision\":\"4.1.2\",|| revision is missing",
                "\"pop\"|\"fly\"| The action (fly) must be",
                "\"pop\"|null| rules[1].actions[0] is missing",
                "\"output 507\"|\"output wan\"| The action (output wan) must have a number",
                "17000|x| The cookie (x) must be",
                "4.1.2|4.1| The revision (4.1) must be",
                "\"inPort\":507|\"inPort\":0| The port number (0) must be",
                "vlan:16|vlan:4095| The vlan (4095) must be",
                "\"table\":0|\"table\":7| The table (7) must be",
                "\"inPort\":507|\"inPort\":507,\"priority\":65536| The priority (65536) must be"
            })
    void explainsWhyARecordIsNoRuleSet(String part, String instead, String words) {
        // Given
        String broken = NOW.replace(part, instead == null ? "" : instead);

        assertThat(broken).isNotEqualTo(NOW);

        // Then
        assertThatThrownBy(() -> read(2, broken))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"cookie\":\"0x564c100000017000\",|| rules[0].cookie is missing",
                "\"priority\":100,|| The field priority is missing",
                "\"inPort\":507|| rules[0].inPort is missing",
                "\"rules\"|\"ruled\"| rules is missing",
                "\"meters\"|\"metres\"| The field meters is missing",
                "\"do\":\"pop\"|\"do\":\"fly\"| The action (do: fly) must be",
                "\"do\":\"pop\"|\"does\":\"pop\"| The field do is missing",
                "\"do\":\"pop\"|\"do\":\"group\",\"group\":7| The action (do: group) must be"
            })
    void explainsWhyARecordIsNoOldRuleSet(String part, String instead, String words) {
        // Given
        String broken = THEN.replace(part, instead == null ? "" : instead);

        assertThat(broken).isNotEqualTo(THEN);

        // Then
        assertThatThrownBy(() -> read(1, broken))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining(words);
    }

    /** A record without a number, or with a wrong one, is never read in another form. */
    @Test
    void readsNeitherFormAsTheOther() {
        assertThatThrownBy(() -> read(1, NOW)).isInstanceOf(UnreadableEvent.class);
        assertThatThrownBy(() -> read(2, THEN)).isInstanceOf(UnreadableEvent.class);
        assertThatThrownBy(() -> read(Topic.RULE_STATES, 1, STATE_NOW, RuleState.class))
                .isInstanceOf(UnreadableEvent.class);
        assertThatThrownBy(() -> read(Topic.RULE_STATES, 2, STATE_THEN, RuleState.class))
                .isInstanceOf(UnreadableEvent.class);
    }

    @Test
    void doesNotConvertAnInvalidRule() throws Exception {
        ObjectNode set = (ObjectNode) JSON.readTree(THEN);
        set.putArray("rules").add(3);

        assertThatThrownBy(() -> RulesInShort.ofSet(set)).hasMessage("A rule must be an object.");
    }

    @Test
    void readsEqualActionsAsOneObject() throws Exception {
        List<Action> once = read(2, NOW).rules().getFirst().actions();

        assertThat(read(2, NOW).rules().getFirst().actions())
                .zipSatisfy(once, (one, other) -> assertThat(one).isSameAs(other));
    }

    private static JsonNode tree(byte[] value) throws Exception {
        return JSON.readTree(value);
    }
}
