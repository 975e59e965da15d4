package io.vlink.flow.messaging;

import static io.vlink.flow.sample.Sample.ID;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.guide;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vlink.events.Topic;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.services.Services;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Switch;
import io.vlink.flow.sample.Sample;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.Forms;
import io.vlink.log.Outbox;
import io.vlink.log.schema.UnreadableEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the life of one network, from the log to the shard. */
class FlowShardTest {

    /** The records in Kafka. */
    private final Map<String, RuleSet> rules = new LinkedHashMap<>();

    private final List<ProducerRecord<String, byte[]>> written = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FlowShard shard =
            new FlowShard(0, 1, Duration.ofMillis(500), new FlowMeters(registry), () -> Services.UNKNOWN);
    private Comparator<ProducerRecord<String, byte[]>> order = Comparator.comparing(ProducerRecord::topic);
    private Instant now = Sample.START;
    private long offset;

    FlowShardTest() {
        for (char node : "abcde".toCharArray()) {
            Switch connected = new Switch(
                    Sample.dpid(node), 1, Switch.State.CONNECTED, null, "gateway-1", null, "1.4", null, true, now);
            put(Topic.SWITCHES, connected.id().toString(), connected);
        }
        shard.loaded();
    }

    /** Topics have no order relative to each other. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void dropsANetworkOnceAllItsRecordsAreDeleted(boolean rulesFirst) {
        // Given
        order = rulesFirst ? order : order.reversed();
        live();
        decide(decision(2, 1).withdrawn().removing(guide()).made());
        confirmAll();
        decide(decision(2, 2).withdrawn().made());
        assertThat(rules).hasSize(5);
        assertThat(shard.size()).isOne();

        // When
        put(Topic.PATHS, ID.toString(), null);
        act();

        // Then
        assertThat(rules).isEmpty();
        assertThat(written.getLast().value()).isNull();
        assertThat(shard.size()).isZero();
        assertThat(networks(Phase.READY)).isZero();
    }

    @Test
    void writesEachRuleSetAndTheConfirmedStatusOnce() {
        live();

        assertThat(written).hasSize(6); // five rule sets, and the confirmed status
        assertThat(networks(Phase.READY)).isOne();
    }

    @Test
    void replacesTheRuleSetOfALateWriter() {
        // Given
        live();
        RuleSet ours = rules.values().iterator().next();
        written.clear();

        // When
        RuleSet late =
                new RuleSet(ours.datapathId(), ID, decision(1, 0).made().revision(), List.of(), List.of(), List.of());
        put(Topic.RULES, late.key(), late);
        act();

        // Then
        assertThat(written).singleElement().satisfies(record -> assertThat(record.key())
                .isEqualTo(ours.key()));
        RuleSet last = Objects.requireNonNull(rules.get(ours.key()));
        assertThat(last.rules()).isEqualTo(ours.rules());
    }

    private void live() {
        decide(decision(1, 1).admitted(guide()).made());
        confirmAll();
    }

    private void decide(PathDecision decision) {
        put(Topic.PATHS, ID.toString(), decision);
        act();
    }

    private void confirmAll() {
        for (RuleSet set : List.copyOf(rules.values())) {
            RuleState state = RuleState.applied(ID, set.datapathId(), 1, set.revision());
            put(Topic.RULE_STATES, state.key(), state);
        }
        act();
    }

    private void put(Topic topic, String key, @Nullable Object event) {
        read(topic, key, event == null ? null : Forms.NEWEST.write(topic, event));
    }

    private void read(Topic topic, String key, byte @Nullable [] value) {
        shard.on(new Entry(topic, 0, ++offset, now, key, value));
    }

    /** Lets the shard act until nothing follows at once, and after each own record that it reads back. */
    private void act() {
        Deque<ProducerRecord<String, byte[]>> underway = new ArrayDeque<>();
        do {
            if (!underway.isEmpty()) {
                readBack(underway.remove());
            }
            Outbox out = new Outbox(1, "flow-service");
            now = now.plusMillis(1);
            shard.act(out, now);
            out.records().stream().sorted(order).forEach(underway::add);
        } while (!underway.isEmpty());
    }

    private void readBack(ProducerRecord<String, byte[]> record) {
        written.add(record);
        Topic topic = record.topic().equals(Topic.RULES.topicName()) ? Topic.RULES : Topic.STATUSES;
        read(topic, record.key(), record.value());
        if (topic == Topic.RULES) {
            if (record.value() == null) {
                rules.remove(record.key());
            } else {
                rules.put(record.key(), ruleSet(record.key(), record.value()));
            }
        }
    }

    private static RuleSet ruleSet(String key, byte[] value) {
        try {
            return EventJson.read(new Entry(Topic.RULES, 0, 0, Instant.EPOCH, key, value), RuleSet.class);
        } catch (UnreadableEvent e) {
            throw new AssertionError(e);
        }
    }

    private double networks(Phase phase) {
        return registry.get("vlink.flow.networks")
                .tag("phase", phase.word())
                .gauge()
                .value();
    }
}
