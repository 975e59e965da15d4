package io.vlink.path.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tombstones of records that are no longer needed. */
class DeferredTombstonesTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final DeferredTombstones deferred = new DeferredTombstones();
    private final List<String> tombstones = new ArrayList<>();

    private @Nullable Instant flush(Instant now) {
        return deferred.flush((topic, overlay, key) -> tombstones.add(topic + " " + overlay + " " + key), now);
    }

    @Test
    void writesAllTombstonesTogetherOnceTheFirstIsDue() {
        // Given
        assertThat(flush(NOW)).isNull();
        deferred.add(Topic.PATHS, "o", "o/ns/a", NOW);
        deferred.add(Topic.RESTING, "o", "o/7", NOW.plusMillis(900));

        // Then
        assertThat(flush(NOW.plusMillis(999))).isEqualTo(NOW.plusMillis(1_000));
        assertThat(tombstones).isEmpty();

        // When
        assertThat(flush(NOW.plusMillis(1_000))).isNull();

        // Then
        assertThat(tombstones).containsExactly("vlink.paths o o/ns/a", "vlink.resting o o/7");

        // When
        deferred.add(Topic.PATHS, "o", "o/ns/b", NOW.plusMillis(1_500));

        // Then
        assertThat(flush(NOW.plusMillis(1_600))).isEqualTo(NOW.plusMillis(2_500));
    }

    @Test
    void cancelsTheTombstoneOfAKeyWithANewRecord() {
        deferred.add(Topic.PATHS, "o", "o/ns/a", NOW);
        deferred.add(Topic.PATHS, "p", "p/ns/a", NOW);

        deferred.remove(Topic.PATHS, "o", "o/ns/a");

        flush(NOW.plusSeconds(1));
        assertThat(tombstones).containsExactly("vlink.paths p p/ns/a");
    }
}
