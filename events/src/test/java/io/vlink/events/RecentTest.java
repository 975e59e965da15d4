package io.vlink.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecentTest {

    @Test
    void parsesATextOnce() {
        List<String> parsed = new ArrayList<>();
        Recent<String, StringBuilder> recent = new Recent<>(16, text -> {
            parsed.add(text);
            return new StringBuilder(text);
        });

        StringBuilder first = recent.of("node-a");

        assertThat(recent.of(new String("node-a".toCharArray()))).isSameAs(first);
        assertThat(parsed).containsExactly("node-a");
    }

    /** "Aa" and "BB" have the same hash code. */
    @Test
    void distinguishesTextsInTheSameSlot() {
        Recent<String, String> recent = new Recent<>(1, text -> text + "!");

        assertThat(List.of(recent.of("Aa"), recent.of("BB"), recent.of("Aa"))).containsExactly("Aa!", "BB!", "Aa!");
    }

    @Test
    void cachesNothingForUnparsableTexts() {
        Recent<String, Integer> recent = new Recent<>(16, Integer::parseInt);

        assertThatThrownBy(() -> recent.of("x")).isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> recent.of("x")).isInstanceOf(NumberFormatException.class);
        assertThat(recent.of("7")).isEqualTo(7);
    }
}
