package io.vlink.flow.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vlink.events.Topic;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.log.Outbox;
import io.vlink.log.UnreadableEvent;
import io.vlink.upgrade.RecordedSuite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What an earlier build had installed is what this one wants installed, and what users were told stays true. */
class RecordedRulesTest {

    private static final Set<Topic> READ =
            EnumSet.of(Topic.SWITCHES, Topic.RULES, Topic.PATHS, Topic.RULE_STATES, Topic.STATUSES, Topic.LINK_STATES);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofHours(1);

    private final RecordedSuite recorded = RecordedSuite.of(RecordedSuite.OLDEST);
    private final FlowShard shard =
            new FlowShard(0, recorded.partitions(), Duration.ofMillis(500), new FlowMeters(new SimpleMeterRegistry()));

    @Test
    void noRuleSetOfAReadyNetworkIsWritten() throws UnreadableEvent {
        // Given
        Set<String> ready = ready();
        assertThat(ready).hasSizeGreaterThan(900);

        // When
        List<ProducerRecord<String, byte[]>> written = startAndGoOn();

        // Then
        assertThat(written)
                .filteredOn(record -> record.topic().equals(Topic.RULES.topicName()))
                .noneMatch(record ->
                        ready.contains(record.key().substring(record.key().indexOf('/') + 1)));
    }

    @Test
    void noStatusOfAReadyNetworkIsWritten() throws UnreadableEvent {
        // Given
        Set<String> ready = ready();

        // When
        List<ProducerRecord<String, byte[]>> written = startAndGoOn();

        // Then
        assertThat(written)
                .filteredOn(record -> record.topic().equals(Topic.STATUSES.topicName()))
                .noneMatch(record -> ready.contains(record.key()));
    }

    /** Loads all, and goes on for as long as something is to be done, within an hour. */
    private List<ProducerRecord<String, byte[]>> startAndGoOn() {
        recorded.of(READ).forEach(shard::on);
        shard.loaded();
        List<ProducerRecord<String, byte[]>> written = new ArrayList<>();
        Instant end = recorded.at().plus(LATER);
        Instant now = recorded.at().plus(SOON);
        while (now != null && now.isBefore(end)) {
            Outbox out = new Outbox(recorded.partitions(), "flow-service");
            Instant next = shard.act(out, now);
            written.addAll(out.records());
            now = next == null || next.isAfter(now) ? next : now.plusMillis(1);
        }
        return written;
    }

    private Set<String> ready() throws UnreadableEvent {
        Set<String> ready = new LinkedHashSet<>();
        for (Map.Entry<String, NetworkStatus> status :
                recorded.state(NetworkStatus.TOPIC).entrySet()) {
            if (status.getValue().phase() == Phase.Ready) {
                ready.add(status.getKey());
            }
        }
        return ready;
    }
}
