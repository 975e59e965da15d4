package io.vlink.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.DatapathId;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.nodes.Claim;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.log.schema.Conversion;
import io.vlink.log.schema.Conversions;
import io.vlink.log.schema.Schemas;
import io.vlink.log.schema.UnreadableEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which forms are read, how older ones are converted, and what is reported about the others. */
class SchemasTest {

    private static final Claim CLAIM = new Claim(DatapathId.of("aa"), "default", Instant.EPOCH);

    /** A later build that writes claims with number 3, and reads those from 2 on. */
    private static final Schemas THIRD =
            new Schemas(topic -> topic == Topic.CLAIMS ? 3 : 1, List.of(step(2, SchemasTest::renamed)));

    /** A later build that also reads number 1. */
    private static final Schemas FROM_FIRST = new Schemas(
            topic -> topic == Topic.CLAIMS ? 3 : 1,
            List.of(step(2, SchemasTest::renamed), step(1, record -> record.put("owner", "default"))));

    private static Conversions.ConversionPair step(int from, Conversion conversion) {
        return new Conversions.ConversionPair(Topic.CLAIMS, from, conversion, record -> record);
    }

    /** The forms that such a build writes once its suite is finalised for number 3. */
    private static final Forms THIRD_FORMS = forms(3);

    /** Returns the forms that it writes in a suite whose claims have a number. */
    private static Forms forms(int written) {
        return new Forms(
                topic -> topic == Topic.CLAIMS ? 3 : 1,
                topic -> topic == Topic.CLAIMS ? written : 1,
                List.of(
                        new Conversions.ConversionPair(Topic.CLAIMS, 2, SchemasTest::renamed, SchemasTest::renamedBack),
                        new Conversions.ConversionPair(Topic.CLAIMS, 1, record -> record, record -> {
                            record.remove("owner");
                            return record;
                        })));
    }

    private static ObjectNode renamed(ObjectNode record) {
        if (!record.has("owner")) {
            throw new IllegalArgumentException("the owner is missing");
        }
        record.set("overlay", record.remove("owner"));
        return record;
    }

    private static ObjectNode renamedBack(ObjectNode record) {
        record.set("owner", record.remove("overlay"));
        return record;
    }

    private static Headers headers(@Nullable String number) {
        RecordHeaders headers = new RecordHeaders();
        if (number != null) {
            headers.add("vlink-schema", number.getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }

    private static Entry entry(int number, String json) {
        return new Entry(
                Topic.CLAIMS, 0, 7, Instant.EPOCH, CLAIM.key(), json.getBytes(StandardCharsets.UTF_8), null, number);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-,1", "1,1", "2,2", "100000,100000", "0,0", "'',0", "two,0", "-1,0", "'2 ',0", "1000000,0"})
    void readsTheNumberOfARecordFromItsHeader(@Nullable String header, int number) {
        assertThat(Schemas.number(Topic.PATHS, headers(header))).isEqualTo(number);
    }

    @Test
    void ignoresTheHeaderInAPublicTopic() {
        assertThat(Schemas.number(Topic.NETWORKS, headers("7"))).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void writesNoHeaderForTheFirstForm(Topic topic) {
        if (topic.schema() == 1) {
            assertThat(Forms.NEWEST.headers(topic)).isEmpty();
        }
        assertThat(THIRD_FORMS.headers(topic)).hasSize(topic == Topic.CLAIMS ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void thisBuildReadsWhatThePreviousOneWrote(Topic topic) {
        assertThat(Schemas.TODAY.reads(topic, topic.schema())).isTrue();
        assertThat(Schemas.TODAY.reads(topic, Math.max(1, topic.schema() - 1)))
                .as("a conversion of %s from %d in Conversions", topic, topic.schema() - 1)
                .isTrue();
        assertThat(Schemas.TODAY.reads(topic, topic.schema() + 1)).isFalse();
        assertThat(Schemas.TODAY.reads(topic, Schemas.number(Topic.CLAIMS, headers("none"))))
                .isFalse();
    }

    @Test
    void writesTheNumberBesideTheRecordAndNotIntoIt() {
        // Given
        Outbox today = new Outbox(4, "test");
        Outbox third = new Outbox(4, "test", THIRD_FORMS);

        // When
        byte[] first = today.put(Topic.CLAIMS, CLAIM.datapathId(), CLAIM.key(), CLAIM);
        byte[] later = third.put(Topic.CLAIMS, CLAIM.datapathId(), CLAIM.key(), CLAIM);
        third.put(Topic.NODES, "default", "default/node-a", CLAIM);
        third.tombstone(Topic.CLAIMS, CLAIM.datapathId(), CLAIM.key());

        // Then
        assertThat(later).isEqualTo(first);
        assertThat(third.records().stream().map(SchemasTest::number)).containsExactly(3, 1, 1);
        if (Topic.CLAIMS.schema() == 1) {
            assertThat(today.records().getFirst().headers()).isEmpty();
        }
    }

    @Test
    void writesWhatEarlierBuildsReadWhileTheSuiteIsNotFinalised() throws Exception {
        // Given
        Outbox second = new Outbox(4, "test", forms(2));
        Outbox first = new Outbox(4, "test", forms(1));

        // When
        byte[] claim = second.put(Topic.CLAIMS, CLAIM.datapathId(), CLAIM.key(), CLAIM);
        first.put(Topic.CLAIMS, CLAIM.datapathId(), CLAIM.key(), CLAIM);

        // Then
        ProducerRecord<String, byte[]> record = second.records().getFirst();
        assertThat(record.value()).isEqualTo(claim);
        assertThat(number(record)).isEqualTo(2);
        assertThat(EventJson.mapper().readTree(record.value()).path("owner").asText())
                .isEqualTo("default");
        assertThat(first.records().getFirst().headers()).isEmpty();
        assertThat(EventJson.mapper()
                        .readTree(first.records().getFirst().value())
                        .has("owner"))
                .isFalse();
        // And: it reads that back
        assertThat(EventJson.read(entry(2, new String(claim, StandardCharsets.UTF_8)), Claim.class, THIRD))
                .isEqualTo(CLAIM);
    }

    @Test
    void canWriteEveryGenerationOfASuite() {
        for (int generation = 0; generation <= Topic.generation(); generation++) {
            Forms forms = Forms.of(generation);
            for (Topic topic : Topic.values()) {
                int number = topic.schemaIn(generation);
                assertThat(forms.headers(topic)).hasSize(number == 1 ? 0 : 1);
                assertThat(Schemas.TODAY.reads(topic, number)).isTrue();
            }
        }
        assertThat(Topic.PATHS.schemaIn(0)).isEqualTo(1);
        assertThat(Topic.PATHS.schemaIn(Topic.generation())).isEqualTo(Topic.PATHS.schema());
    }

    /** In a suite that is not finalised, an earlier build would read a rule set of a link as empty. */
    @Test
    void writesRuleSetsOfNetworksOnlyWhileTheSuiteIsNotFinalised() throws Exception {
        // Given
        RuleSet ofNetwork = set(NetworkId.of("default/ns/n"));
        RuleSet ofLink = set(new LinkPort("default", PortNumber.of(3)));
        RuleState state = RuleState.applied(ofLink.owner(), ofLink.datapathId(), 1, ofLink.revision());

        // When
        byte[] then = Forms.of(0).write(Topic.RULES, ofNetwork);

        // Then
        assertThat(then).asString(StandardCharsets.UTF_8).isEqualTo("""
                        {"datapathId":"000000000000000a","network":"default/ns/n",\
                        "revision":{"generation":1,"step":1,"stage":0},"meters":[],"rules":[]}""");
        assertThatThrownBy(() -> Forms.of(0).write(Topic.RULES, ofLink)).hasMessageContaining("default/3");
        assertThat(Forms.of(0).write(Topic.RULE_STATES, state))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("""
                        {"link":"default/3","datapathId":"000000000000000a","epoch":1,\
                        "revision":{"generation":1,"step":1,"stage":0},"applied":true}""");
        // And: it reads what an earlier build wrote
        Entry before = new Entry(Topic.RULES, 0, 7, Instant.EPOCH, ofNetwork.key(), then, null, 1);
        assertThat(EventJson.read(before, RuleSet.class)).isEqualTo(ofNetwork);
    }

    private static RuleSet set(Owner owner) {
        return new RuleSet(DatapathId.of("a"), owner, new Revision(1, 1, 0), List.of(), List.of(), List.of());
    }

    private static int number(ProducerRecord<String, byte[]> record) {
        return Schemas.number(Topic.CLAIMS, record.headers());
    }

    @Test
    void convertsStepByStep() throws Exception {
        // Given
        String second =
                "{\"datapathId\": \"00000000000000aa\", \"owner\": \"default\", \"since\": \"1970-01-01T00:00:00Z\"}";
        String first = second.replace("\"owner\": \"default\", ", "");

        // Then
        assertThat(EventJson.read(entry(2, second), Claim.class, THIRD)).isEqualTo(CLAIM);
        assertThat(EventJson.read(entry(2, second), Claim.class, FROM_FIRST)).isEqualTo(CLAIM);
        assertThat(EventJson.read(entry(1, first), Claim.class, FROM_FIRST)).isEqualTo(CLAIM);
        assertThat(EventJson.read(
                        entry(3, new String(EventJson.write(CLAIM), StandardCharsets.UTF_8)), Claim.class, THIRD))
                .isEqualTo(CLAIM);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 | {} | The record has the schema number 4, and this build of Vlink reads 2 to 3.",
                "1 | {} | The record has the schema number 1, and this build of Vlink reads 2 to 3.",
                "0 | {} | The record has no number in its header vlink-schema, and this build of Vlink reads 2 to 3.",
                "2 | {} | The record of schema number 2 cannot be converted: the owner is missing",
                "2 | [] | The record is not an object of schema number 2 of vlink.claims.",
                "2 | {\"owner\": \"default\"} | The record is not a valid Claim: datapathId is missing.",
                "2 | {\"owner\" | The record is not a valid Claim:"
            })
    void explainsWhyARecordOfAnotherNumberCannotBeRead(int number, String json, String why) {
        assertThatThrownBy(() -> EventJson.read(entry(number, json), Claim.class, THIRD))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageStartingWith(why);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4})
    void refusesAConversionThatLeadsNowhere(int from) {
        assertThatThrownBy(() -> new Schemas(topic -> 3, List.of(step(from, record -> record))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The conversion of vlink.claims from schema number " + from);
    }

    @Test
    void refusesTwoConversionsOfOneNumber() {
        assertThatThrownBy(() -> new Schemas(topic -> 3, List.of(step(2, record -> record), step(2, record -> record))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be the only one");
    }
}
