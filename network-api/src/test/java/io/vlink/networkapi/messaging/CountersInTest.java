package io.vlink.networkapi.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.Topic;
import io.vlink.events.counters.RuleCounter;
import io.vlink.events.counters.RuleCounters;
import io.vlink.events.rules.Match;
import io.vlink.log.EventJson;
import io.vlink.networkapi.view.View;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The latest counters of a network in a switch are shown. */
class CountersInTest {

    private static final DatapathId SWITCH = new DatapathId(10);
    private static final NetworkId NET = new NetworkId("default", "default", "n");
    private static final Instant AT = Instant.parse("2026-11-01T08:00:00.123Z");

    private final View view = new View();
    private final CountersIn in = new CountersIn(view);

    @Test
    void showsTheLatestCountersWhole() {
        RuleCounters last = counters(NET, AT.plusSeconds(1), 8);

        take(counters(NET, AT, 7));
        take(last);

        assertThat(view.counters(SWITCH, NET)).isEqualTo(last);
    }

    @Test
    void dropsCountersReadEarlier() {
        RuleCounters last = counters(NET, AT, 8);

        take(last);
        take(counters(NET, AT.minusMillis(1), 7));

        assertThat(view.counters(SWITCH, NET)).isEqualTo(last);
    }

    @Test
    void aTombstoneRemovesCounters() {
        RuleCounters counters = counters(NET, AT, 7);
        take(counters);

        take(counters.key(), null);

        assertThat(view.counters(SWITCH, NET)).isNull();
    }

    @Test
    void findsAllNetworksWithCountersInASwitch() {
        RuleCounters one = counters(NET, AT, 7);
        RuleCounters other = counters(new NetworkId("default", "default", "o"), AT, 8);
        take(one);
        take(other);
        take(SWITCH + "/none", "{\"readAt\":\"%s\"}".formatted(AT).getBytes(UTF_8));

        assertThat(view.counted(SWITCH)).containsExactly(one.network(), other.network());
        assertThat(view.counted(new DatapathId(1))).isEmpty();
    }

    @Test
    void ignoresCountersWithoutTheTimeOfReading() {
        // Given
        RuleCounters counters = counters(NET, AT, 7);
        take(counters);

        // When
        for (String odd : List.of(
                "",
                "counters",
                "null",
                "[]",
                "{}",
                "{\"readAt\":null}",
                "{\"readAt\":\"today\"}",
                "{\"rules\":[{\"readAt\":\"2026-11-02T08:00:00Z\"}]}")) {
            take(counters.key(), odd.getBytes(UTF_8));
        }

        // Then
        assertThat(view.counters(SWITCH, NET)).isEqualTo(counters);
    }

    @Test
    void acceptsTheTimeOfReadingAtAnyPlace() {
        RuleCounters counters = counters(NET, AT, 7);
        take(
                counters.key(),
                "{\"new\":{\"readAt\":\"1999-11-02T08:00:00Z\"},\"rules\":[],\"datapathId\":\"%s\",\"network\":\"%s\",\"readAt\":\"%s\"}"
                        .formatted(SWITCH, NET, AT)
                        .getBytes(UTF_8));
        take(counters(NET, AT.minusMillis(1), 7));

        assertThat(view.counters(SWITCH, NET)).isEqualTo(new RuleCounters(SWITCH, NET, AT, List.of()));
    }

    @Test
    void hidesUnreadableCountersAndStillRemovesThemWithTheSwitch() {
        take(
                counters(NET, AT, 7).key(),
                "{\"readAt\":\"%s\",\"rules\":7}".formatted(AT).getBytes(UTF_8));

        assertThat(view.counters(SWITCH, NET)).isNull();
        assertThat(view.counted(SWITCH)).containsExactly(NET);
    }

    private static RuleCounters counters(NetworkId network, Instant readAt, long packets) {
        RuleCounter rule = new RuleCounter(
                Cookie.of(Cookie.CookieKind.FORWARDING, 1, Direction.FORWARD),
                new Match.AtPort(PortNumber.of(1), null),
                packets,
                100 * packets);
        return new RuleCounters(SWITCH, network, readAt, List.of(rule));
    }

    private void take(RuleCounters counters) {
        take(counters.key(), EventJson.write(counters));
    }

    private void take(String key, byte @Nullable [] value) {
        String topic = Topic.COUNTERS.topicName();
        in.on(new ConsumerRecords<>(
                Map.of(new TopicPartition(topic, 0), List.of(new ConsumerRecord<>(topic, 0, 0, key, value))),
                Map.of()));
    }
}
