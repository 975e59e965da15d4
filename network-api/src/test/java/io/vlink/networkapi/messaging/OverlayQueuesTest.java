package io.vlink.networkapi.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Overlays take turns; each keeps its order. */
class OverlayQueuesTest {

    private final OverlayQueues<String> queues = new OverlayQueues<>();

    @Test
    void overlaysTakeTurns() {
        // Given
        for (int i = 1; i <= 4; i++) {
            queues.add("large", "large-" + i);
        }
        queues.add("small", "small-1");
        queues.add("other", "other-1");
        queues.add("other", "other-2");

        // Then
        assertThat(all()).containsExactly("large-1", "small-1", "other-1", "large-2", "other-2", "large-3", "large-4");
    }

    @Test
    void whatIsPutBackComesFirstInItsOverlay() {
        // Given
        queues.add("one", "one-2");
        queues.add("two", "two-1");

        // When
        queues.putBack("one", "one-1");

        // Then
        assertThat(all()).containsExactly("one-1", "two-1", "one-2");
    }

    @Test
    void areEmptyAfterTheyAreDrained() {
        // Given
        queues.add("one", "1");
        queues.add("two", "2");
        List<String> drained = new ArrayList<>();

        // When
        queues.drainTo(drained::add);

        // Then
        assertThat(drained).containsExactly("1", "2");
        assertThat(queues.isEmpty()).isTrue();
    }

    private List<String> all() {
        List<String> all = new ArrayList<>();
        while (!queues.isEmpty()) {
            all.add(queues.next());
        }
        return all;
    }
}
