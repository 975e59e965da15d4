package io.vlink.flow.messaging;

import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.dpid;
import static io.vlink.flow.sample.Sample.toward;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.services.Services;
import io.vlink.flow.compile.SwitchRules;
import io.vlink.flow.sample.Compiled;
import io.vlink.flow.sample.OvsText;
import io.vlink.flow.sample.Sample;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.Forms;
import io.vlink.log.Outbox;
import io.vlink.log.schema.UnreadableEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests shares and decisions together: the records written for links and for the networks on them. */
class LinkFlowsTest {

    private static final NetworkId NETWORK = new NetworkId("default", "default", "free");
    private static final Circuit FREE = circuit(1, 1, "acde", "edba", null);
    private static final LinkShare.ShareKey AC = new LinkShare.ShareKey("default", dpid('a'), toward('c'));
    private static final String LINK_SET = dpid('a') + "/default/3";

    /** The record in Kafka of each key of vlink.rules. */
    private final Map<String, RuleSet> rules = new LinkedHashMap<>();

    private final List<Entry> log = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private Instant now = Sample.START;
    private long offset;
    private Forms forms = Forms.NEWEST;
    private FlowShard shard = start(1);

    @Test
    void metersBestEffortAtALinkAsLongAsItHasAShare() {
        // Given
        share(80_000_000);
        decide(decision(1, 1).admitted(FREE).of(NETWORK));

        // When
        act();

        // Then: the meter, and the one rule that leads over the link
        assertThat(linkSet().meters()).containsExactly(new Meter(65_539, 80_000, 1_600));
        assertThat(text('a')).contains("priority=100 in_port=11 actions=meter:65539,push_vlan");
        assertThat(text('c')).doesNotContain("meter");
        assertThat(written.getFirst()).isEqualTo(LINK_SET);

        // When
        share(null);
        act();

        // Then
        assertThat(linkSet().isEmpty()).isTrue();
        assertThat(content('a')).isEqualTo(Compiled.rules(FREE).get(dpid('a')));
        confirm(linkSet());
        act();
        assertThat(rules).doesNotContainKey(LINK_SET);
    }

    @Test
    void changesRulesInPlaceForAShareThatFollowsTheDecision() {
        // Given
        decide(decision(1, 1).admitted(FREE).of(NETWORK));
        act();
        RuleSet before = set('a');

        // When
        share(80_000_000);
        act();

        // Then
        RuleSet after = set('a');
        assertThat(after.revision()).isGreaterThan(before.revision());
        assertThat(after.rules().getFirst().match())
                .isEqualTo(before.rules().getFirst().match());
        assertThat(text('a')).contains("actions=meter:65539,");
    }

    /** A network with a reservation uses the same links, and nothing is written for it. */
    @Test
    void changesOneMeterAndNoNetworkWhenTheShareChanges() {
        // Given
        share(80_000_000);
        decide(decision(1, 1).admitted(FREE).of(NETWORK));
        act();
        written.clear();

        // When
        share(60_000_000);
        act();

        // Then
        assertThat(written).containsExactly(LINK_SET);
        assertThat(linkSet().meters()).containsExactly(new Meter(65_539, 60_000, 1_200));
    }

    @Test
    void writesNoLinkRulesAndUsesNoLinkMetersBeforeTheSuiteIsFinalised() {
        // Given
        shard = start(0);
        share(80_000_000);
        decide(decision(1, 1).admitted(FREE).of(NETWORK));

        // When
        act();

        // Then
        assertThat(rules).doesNotContainKey(LINK_SET).hasSize(5);
        rules.values()
                .forEach(set -> assertThat(OvsText.of(SwitchRules.of(set))).doesNotContain("meter"));

        // When: it is finalised, and this service is restarted
        written.clear();
        shard = start(1);
        act();

        // Then: the meter comes first, then all rules move to the forwarding table, and the one over the link uses the
        // meter
        assertThat(written).hasSize(6).startsWith(LINK_SET);
        assertThat(text('a')).contains("table=2 priority=100 in_port=11 actions=meter:65539,");
        assertThat(text('c')).contains("table=2 ").doesNotContain("meter");

        // When: it is restarted once more
        written.clear();
        shard = start(1);
        act();

        // Then
        assertThat(written).isEmpty();
    }

    @Test
    void doesNotHoldUpANetworkForAMeterThatTheSwitchRejects() {
        // Given
        share(80_000_000);
        decide(decision(1, 1).admitted(FREE).of(NETWORK));
        act();

        // When
        hear(RuleState.failed(
                new LinkPort("default", toward('c')),
                dpid('a'),
                1,
                linkSet().revision(),
                RuleStateReason.OUT_OF_METERS,
                "it has none",
                null));
        act();

        // Then
        assertThat(content('a')).isEqualTo(Compiled.rules(FREE).get(dpid('a')));
        assertThat(linkSet().isEmpty()).isFalse();

        // When: more bandwidth is reserved there
        written.clear();
        share(60_000_000);
        act();

        // Then: the switch is asked again, and no network changes before it has answered differently
        assertThat(written).containsExactly(LINK_SET);

        // When: the share changes while this service is down
        written.clear();
        share(40_000_000);
        shard = start(1);
        act();

        // Then
        assertThat(written).containsExactly(LINK_SET);

        // When: the switch has room for the meter
        confirm(linkSet());
        act();

        // Then
        assertThat(text('a')).contains("actions=meter:65539,");
    }

    @Test
    void ignoresSharesOfOtherOverlays() {
        // Given
        LinkShare.ShareKey other = new LinkShare.ShareKey("other", dpid('a'), toward('c'));
        put(Topic.LINK_SHARES, other.toString(), new LinkShare("other", dpid('a'), toward('c'), 9_000, 0, 9_000));
        decide(decision(1, 1).admitted(FREE).of(NETWORK));

        // When
        act();

        // Then
        assertThat(text('a')).doesNotContain("meter");
        assertThat(rules).containsKey(dpid('a') + "/other/3");
    }

    // ---- the log

    /** Returns a shard that has read all records, in a suite that is finalised for a generation. */
    private FlowShard start(int generation) {
        FlowShard fresh = new FlowShard(
                0, 1, Duration.ofMillis(500), new FlowMeters(new SimpleMeterRegistry()), () -> Services.UNKNOWN);
        fresh.finalisedFor(generation);
        Map<String, Entry> last = new LinkedHashMap<>();
        log.forEach(entry -> last.put(entry.topic() + " " + entry.key(), entry));
        last.values().forEach(fresh::on);
        fresh.loaded();
        forms = Forms.of(generation);
        return fresh;
    }

    private void share(@Nullable Integer bits) {
        put(
                Topic.LINK_SHARES,
                AC.toString(),
                bits == null
                        ? null
                        : new LinkShare("default", dpid('a'), toward('c'), 100_000_000, 100_000_000 - bits, bits));
    }

    private void decide(PathDecision decision) {
        put(Topic.PATHS, decision.id().toString(), decision);
    }

    private void confirm(RuleSet set) {
        hear(RuleState.applied(set.owner(), set.datapathId(), 1, set.revision()));
    }

    private void hear(RuleState state) {
        put(Topic.RULE_STATES, state.key(), state);
    }

    private void put(Topic topic, String key, @Nullable Object event) {
        take(new Entry(topic, 0, ++offset, now, key, event == null ? null : EventJson.write(event)));
    }

    private void take(Entry entry) {
        log.add(entry);
        shard.on(entry);
    }

    /** Lets the shard act until nothing follows at once, and read back its records. */
    private void act() {
        List<ProducerRecord<String, byte[]>> records;
        do {
            Outbox out = new Outbox(1, "flow-service", forms);
            now = now.plusMillis(1);
            shard.act(out, now);
            records = List.copyOf(out.records());
            records.forEach(this::readBack);
        } while (!records.isEmpty());
    }

    private void readBack(ProducerRecord<String, byte[]> record) {
        Topic topic = record.topic().equals(Topic.RULES.topicName()) ? Topic.RULES : Topic.STATUSES;
        Entry entry = Entry.of(topic, inKafka(record));
        if (topic == Topic.RULES) {
            written.add(record.key());
            if (entry.value() == null) {
                rules.remove(record.key());
            } else {
                rules.put(record.key(), read(entry));
            }
        }
        take(entry);
    }

    private ConsumerRecord<String, byte[]> inKafka(ProducerRecord<String, byte[]> record) {
        return new ConsumerRecord<>(
                record.topic(),
                0,
                ++offset,
                now.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty());
    }

    private static RuleSet read(Entry entry) {
        try {
            return EventJson.read(entry, RuleSet.class);
        } catch (UnreadableEvent e) {
            throw new AssertionError(e);
        }
    }

    private RuleSet linkSet() {
        return Objects.requireNonNull(rules.get(LINK_SET));
    }

    private RuleSet set(char node) {
        return Objects.requireNonNull(rules.get(dpid(node) + "/" + NETWORK));
    }

    private SwitchRules content(char node) {
        return SwitchRules.of(set(node));
    }

    private String text(char node) {
        return OvsText.of(content(node));
    }
}
