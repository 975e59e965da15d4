package io.vlink.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.events.TypedTopic;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkState;
import io.vlink.events.networks.Network;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.Forms;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads everything that an earlier build recorded: nothing is skipped or changes its meaning. */
class RecordedSuiteTest {

    private static final RecordedSuite RECORDED = RecordedSuite.of(RecordedSuite.OLDEST);

    /** The write level of a suite that is not finalised: that build must be able to read this build's records. */
    private static final Forms OF_THEN = Forms.of(0);

    static List<TypedTopic<?, ?>> state() {
        return List.of(
                Node.TOPIC,
                Link.TOPIC,
                LinkState.TOPIC,
                Network.TOPIC,
                Attachment.TOPIC,
                PathDecision.TOPIC,
                QuarantinedCircuit.TOPIC,
                RuleSet.TOPIC,
                RuleState.TOPIC,
                NetworkStatus.TOPIC,
                Switch.TOPIC,
                Port.TOPIC);
    }

    @ParameterizedTest
    @MethodSource("state")
    void losesNothingWhenARecordIsWrittenAgain(TypedTopic<?, ?> topic) throws Exception {
        // Given
        List<Entry> entries = RECORDED.of(Set.of(topic.topic()));
        assertThat(entries).as("records of %s", topic.topic()).isNotEmpty();
        for (Entry entry : entries) {
            if (entry.value() != null) {
                // When
                Object read = EventJson.read(entry, topic.type());
                byte[] again = OF_THEN.write(topic.topic(), read);

                // Then: that build would find everything, and so does this build in the current schema
                assertThat(lacking(tree(entry.value()), tree(again), "$"))
                        .as(entry.key())
                        .isEmpty();
                assertThat(EventJson.mapper().readValue(EventJson.write(read), topic.type()))
                        .as(entry.key())
                        .isEqualTo(read);
            }
        }
    }

    /**
     * Rules and their states are most of a vlink's size in Kafka: records for earlier builds have exactly the size that
     * those wrote, later records are shorter.
     */
    @ParameterizedTest
    @MethodSource("shortened")
    void recordsForEarlierBuildsKeepTheirSizeAndLaterRecordsAreShorter(TypedTopic<?, ?> topic, int percent)
            throws Exception {
        long then = 0;
        long now = 0;
        for (Entry entry : RECORDED.of(Set.of(topic.topic()))) {
            if (entry.value() != null) {
                Object read = EventJson.read(entry, topic.type());
                byte[] shorter = Forms.NEWEST.write(topic.topic(), read);

                assertThat(OF_THEN.write(topic.topic(), read)).as(entry.key()).isEqualTo(entry.value());
                assertThat(EventJson.read(
                                new Entry(topic.topic(), 0, 0, entry.timestamp(), entry.key(), shorter), topic.type()))
                        .as(entry.key())
                        .isEqualTo(read);
                then += entry.value().length;
                now += shorter.length;
            }
        }

        assertThat(now).as("bytes of %s", topic.topic()).isLessThanOrEqualTo(then * percent / 100);
    }

    /**
     * Returns topics with the expected size in percent, including the table number in each rule; finalised suites leave
     * out those 10 bytes.
     */
    static List<Arguments> shortened() {
        return List.of(Arguments.of(RuleSet.TOPIC, 72), Arguments.of(RuleState.TOPIC, 72));
    }

    private static JsonNode tree(byte[] value) throws IOException {
        return EventJson.mapper().readTree(value);
    }

    /** Returns the paths where {@code is} lacks a member of {@code was}; it may have more. */
    private static List<String> lacking(JsonNode was, JsonNode is, String path) {
        if (was.isObject()) {
            return was.properties().stream()
                    .flatMap(field ->
                            lacking(field.getValue(), is.path(field.getKey()), path + "." + field.getKey()).stream())
                    .toList();
        }
        if (was.isArray() && is.size() == was.size()) {
            return IntStream.range(0, was.size())
                    .boxed()
                    .flatMap(i -> lacking(was.get(i), is.path(i), "%s[%d]".formatted(path, i)).stream())
                    .toList();
        }
        return is.isValueNode() && was.isValueNode() && was.asText().equals(is.asText()) ? List.of() : List.of(path);
    }
}
