package io.vlink.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.nodes.Claim;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passes on valid records, and refuses the others. */
class InboxTest {

    private static final Claim CLAIM = new Claim(DatapathId.of("aa"), "default", Instant.EPOCH);

    private final List<String> taken = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final Inbox inbox = new Inbox().on(Claim.TOPIC, (key, claim, entry) -> taken.add(key + " " + claim));

    private void take(@Nullable String key, @Nullable String json) {
        inbox.take(entry(Topic.CLAIMS, 3, key, json), (entry, reason) -> refused.add(reason));
    }

    private static Entry entry(Topic topic, int partition, @Nullable String key, @Nullable String json) {
        byte[] value = json == null ? null : json.getBytes(StandardCharsets.UTF_8);
        return new Entry(topic, partition, 7, Instant.EPOCH, key, value);
    }

    @Test
    void passesOnKeysValuesAndTombstones() {
        take(CLAIM.key(), new String(EventJson.write(CLAIM), StandardCharsets.UTF_8));
        take("00000000000000ab/default", null);

        assertThat(taken)
                .containsExactly(
                        new Claim.ClaimKey(CLAIM.datapathId(), "default") + " " + CLAIM,
                        new Claim.ClaimKey(DatapathId.of("ab"), "default") + " null");
        assertThat(refused).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | - | The record has no key.",
                "aa | - | The key (aa) must be a datapath id and an overlay.",
                "aa/a?b | - | The overlay",
                "00000000000000aa/default | {} | The record is not a valid Claim: datapathId is missing.",
                "00000000000000aa/default | x | The record is not a valid Claim:",
                "00000000000000aa/default | {\"datapathId\": \"aa\", \"overlay\": \"other\", \"since\": \"1970-01-01T00:00:00Z\"} | The record of",
            })
    void explainsWhyARecordIsRefused(@Nullable String key, @Nullable String json, String why) {
        // When
        take(key, json);

        // Then
        assertThat(taken).isEmpty();
        assertThat(refused).singleElement().asString().startsWith(why);
    }

    @Test
    void rejectsATopicWithoutAHandler() {
        assertThatThrownBy(() -> inbox.take(entry(Topic.NODES, 0, "default/a", null), (entry, reason) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("vlink.nodes");
    }

    @Test
    void oneOfAllShardsReportsABadRecordOnceItIsLoaded() {
        // Given
        List<DeadLetters> all = List.of(new DeadLetters(2), new DeadLetters(3), new DeadLetters(4));
        Entry broken = entry(Topic.CLAIMS, 3, CLAIM.key(), "{}");

        // When: it was there during loading
        all.forEach(dead -> inbox.take(broken, dead));
        all.forEach(DeadLetters::loaded);

        // Then: it was reported earlier
        assertThat(letters(all)).isZero();

        // When: it arrives now
        all.forEach(dead -> inbox.take(broken, dead));

        // Then
        assertThat(letters(all)).isEqualTo(1);
        assertThat(letters(all)).isZero();
    }

    private static int letters(List<DeadLetters> all) {
        Outbox out = new Outbox(4, "test");
        all.forEach(dead -> dead.report(out, Instant.EPOCH));
        return out.records().size();
    }
}
