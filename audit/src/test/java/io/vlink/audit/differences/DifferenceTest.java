package io.vlink.audit.differences;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests which differences stay from one reading to the next. */
class DifferenceTest {

    private static final DatapathId SWITCH = new DatapathId(14);
    private static final NetworkId ONE = NetworkId.of("default/default/one");
    private static final NetworkId OTHER = NetworkId.of("default/default/other");

    private static Difference leak(NetworkId network, String words) {
        return new Difference(Difference.DifferenceType.LEAK, SWITCH, network, words);
    }

    @Test
    void staysWhenOnlyItsStatusChanged() {
        // Given
        Difference before = leak(ONE, "Its frames reach somebody. Its status reports Ready.");
        Difference later = leak(ONE, "Its frames reach somebody.");
        // When, then
        assertThat(Difference.still(List.of(before), List.of(later))).containsExactly(later);
    }

    @Test
    void doesNotStayWhenItIsGoneOrOfAnotherNetwork() {
        // Given
        Difference before = leak(ONE, "Its frames reach somebody.");
        Difference later = leak(OTHER, "Its frames reach somebody.");
        // When, then
        assertThat(Difference.still(List.of(before), List.of(later))).isEmpty();
        assertThat(Difference.still(List.of(before), List.of())).isEmpty();
    }
}
