package io.vlink.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Instants that occur in many records are parsed once. */
class SharedInstantsTest {

    private static final Instant AT = Instant.parse("2026-11-01T08:00:00.123456789Z");

    @Test
    void readsMostInstantsOfAHundredTurnsOnce() throws IOException {
        // Given
        List<String> texts = new ArrayList<>();
        for (int turn = 0; turn < 100; turn++) {
            texts.add(AT.plus(Duration.ofMillis(25).multipliedBy(turn)).toString());
        }

        // When
        Set<Instant> read = Collections.newSetFromMap(new IdentityHashMap<>());
        read.addAll(read(texts));
        List<Instant> again = read(texts);

        // Then
        assertThat(again).isEqualTo(texts.stream().map(Instant::parse).toList());
        assertThat(again.stream().filter(read::contains)).hasSizeGreaterThan(90);
    }

    private static List<Instant> read(List<String> texts) throws IOException {
        List<Instant> read = new ArrayList<>();
        for (String text : texts) {
            read.add(EventJson.mapper().readValue('"' + text + '"', Instant.class));
        }
        return read;
    }
}
