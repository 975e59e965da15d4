package io.vlink.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.Topic;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What rules meant when there was one table, and what is written for builds that know no other. */
class RulesInTablesTest {

    private static final ObjectMapper JSON = EventJson.mapper();
    private static final String THEN = """
            {"datapathId": "000000000000000a", "network": "default/default/n",
             "revision": {"generation": 1, "step": 2, "stage": 2}, "meters": [],
             "rules": [{"cookie": "0x564c100000001000", "priority": 100, "match": {"inPort": 3},
                        "actions": [{"do": "output", "port": 4}]}]}""";
    private static final String NOW = THEN.replace("\"priority\"", "\"table\": 0, \"priority\"");

    private static Entry entry(int schema, byte[] value) {
        return new Entry(Topic.RULES, 0, 0, Instant.EPOCH, "key", value, null, schema);
    }

    private static RuleSet read(int schema, String json) throws Exception {
        return EventJson.read(entry(schema, json.getBytes(StandardCharsets.UTF_8)), RuleSet.class);
    }

    @Test
    void aRuleOfThenStandsInTheTableThatThereWas() throws Exception {
        assertThat(read(1, THEN).rules()).allMatch(rule -> rule.standsIn() == Table.CLASSIFY);
        assertThat(read(1, THEN)).isEqualTo(read(2, NOW));
        assertThat(read(2, THEN).rules()).allMatch(rule -> rule.standsIn() == Table.FORWARDING);
    }

    @Test
    void aRuleOfThatTableIsWrittenAsItWasThen() throws Exception {
        Forms then = Forms.of(0);

        assertThat(tree(then.write(Topic.RULES, read(1, THEN)))).isEqualTo(JSON.readTree(THEN));
        assertThat(then.headers(Topic.RULES)).isEmpty();
        assertThat(Schemas.number(Topic.RULES, new RecordHeaders(Forms.NEWEST.headers(Topic.RULES))))
                .isEqualTo(2);
    }

    @Test
    void aRuleOfAnotherTableCannotBeSaidThen() throws Exception {
        RuleSet now = read(2, THEN);

        assertThatThrownBy(() -> Forms.of(0).write(Topic.RULES, now))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0x564c100000001000 stands in table 2");
        assertThatThrownBy(() -> Forms.of(0)
                        .write(Topic.RULES, JSON.readValue(NOW.replace("\"table\": 0", "\"table\": 1"), RuleSet.class)))
                .hasMessageContaining("stands in table 1");
    }

    /** Tables, owners and groups came with one number, so whatever then could not say of any of them is refused. */
    @Test
    void whatBelongsToNoNetworkOrHasGroupsCannotBeSaidThen() throws Exception {
        RuleSet ofLink = JSON.readValue(
                NOW.replace("\"network\": \"default/default/n\"", "\"link\": \"default/3\""), RuleSet.class);
        RuleSet grouped = JSON.readValue(
                NOW.replace(
                        "\"rules\"", "\"groups\": [{\"number\": 7, \"kind\": \"all\", \"buckets\": []}], \"rules\""),
                RuleSet.class);

        assertThatThrownBy(() -> Forms.of(0).write(Topic.RULES, ofLink)).hasMessageContaining("default/3");
        assertThatThrownBy(() -> Forms.of(0).write(Topic.RULES, grouped)).hasMessageContaining("with groups");
        assertThat(tree(Forms.NEWEST.write(Topic.RULES, ofLink))).isEqualTo(tree(EventJson.write(ofLink)));
    }

    @Test
    void whatIsNoRuleIsNotConverted() throws Exception {
        ObjectNode set = (ObjectNode) JSON.readTree("{\"rules\": [3]}");

        assertThatThrownBy(() -> RulesInTables.ofSet(set)).isInstanceOf(IllegalArgumentException.class);
        assertThat(RulesInTables.ofSet((ObjectNode) JSON.readTree("{}"))).isEmpty();
    }

    private static JsonNode tree(byte[] value) throws Exception {
        return JSON.readTree(value);
    }
}
