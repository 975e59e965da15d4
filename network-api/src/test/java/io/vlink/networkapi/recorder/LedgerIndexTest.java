package io.vlink.networkapi.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Records are found by a property, at a cost that does not depend on the number of others. */
class LedgerIndexTest {

    private static final AtomicInteger COMPARED = new AtomicInteger();

    /** A property that counts how often it is compared. */
    private record Colour(String name) {

        @Override
        public boolean equals(Object other) {
            COMPARED.incrementAndGet();
            return other instanceof Colour colour && colour.name().equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    private final LedgerIndex<String, String, Colour> index = new LedgerIndex<>((id, spec) -> new Colour(spec));

    @Test
    void findsTheRecordsWithAProperty() {
        // Given
        index.replace(null, line("a", "red", false));
        index.replace(null, line("b", "red", false));
        index.replace(null, line("c", "blue", false));

        // When
        index.replace(line("b", "red", false), line("b", "blue", false));
        index.replace(line("c", "blue", false), line("c", "blue", true));

        // Then
        assertThat(index.standing(new Colour("red"))).containsExactly(line("a", "red", false));
        assertThat(index.standing(new Colour("blue"))).containsExactly(line("b", "blue", false));
        assertThat(index.standing(new Colour("green"))).isEmpty();
    }

    @Test
    void knowsWithdrawnRecordsUntilTheyAreErased() {
        // Given
        index.replace(null, line("a", "red", true));

        // Then
        assertThat(index.has(new Colour("red"))).isTrue();
        assertThat(index.standing(new Colour("red"))).isEmpty();

        // When
        index.replace(line("a", "red", true), null);

        // Then
        assertThat(index.has(new Colour("red"))).isFalse();
    }

    @Test
    void looksAtFewRecordsHoweverManyThereAre() {
        // Given
        for (int i = 0; i < 20_000; i++) {
            index.replace(null, line("n-" + i, "colour-" + i, false));
        }
        COMPARED.set(0);

        // When
        for (int i = 0; i < 1_000; i++) {
            assertThat(index.standing(new Colour("colour-" + 7 * i)).size()).isEqualTo(1);
        }

        // Then
        assertThat(COMPARED.get()).isLessThan(3_000);
    }

    private static GenerationLedger.Line<String, String> line(String id, String colour, boolean withdrawn) {
        return new GenerationLedger.Line<>(id, 1, withdrawn, Instant.EPOCH, colour, null);
    }
}
