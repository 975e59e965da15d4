package io.vlink.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values are validated at construction, and print as they are read. */
class ValuesTest {

    @Test
    void printsADatapathIdAsSixteenHexDigits() {
        assertThat(DatapathId.of("a")).hasToString("000000000000000a");
        assertThat(DatapathId.of("00:00:00:00:00:00:00:0a")).isEqualTo(DatapathId.of("0xa"));
        assertThat(DatapathId.of("of:000000000000000a")).isEqualTo(DatapathId.of("a"));
        assertThat(DatapathId.of("ffffffffffffffff")).hasToString("ffffffffffffffff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x", "xyz", "00000000000000001", "-1", " a"})
    void refusesAnInvalidDatapathId(String text) {
        assertThatThrownBy(() -> DatapathId.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(" + text + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vlan:1", "vlan:4094", "vni:1", "vni:16777215"})
    void printsALabelAsItIsRead(String text) {
        assertThat(Label.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vlan:0", "vlan:4095", "vni:0", "vni:16777216", "mpls:3", "vlan:", "7"})
    void refusesAnInvalidLabel(String text) {
        assertThatThrownBy(() -> Label.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void distinguishesPortNamesFromPortNumbers() {
        assertThat(PortLocator.of("to-c").isNumber()).isFalse();
        assertThat(PortLocator.of(3).number()).isEqualTo(PortNumber.of(3));
        assertThat(PortLocator.of("3")).isEqualTo(PortLocator.of(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "0", "4294967041", "99999999999", "ä"})
    void refusesAnInvalidPort(String text) {
        assertThatThrownBy(() -> PortLocator.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsTheFieldsOfACookieApart() {
        for (long circuit : List.of(1L, 2L, 0x7fffffffL, 0xffffffffL)) {
            for (Direction direction : Direction.values()) {
                for (int hop : List.of(0, 1, 1024, 2047)) {
                    // When
                    Cookie cookie = Cookie.of(Cookie.CookieKind.FORWARDING, circuit, direction, hop);

                    // Then
                    assertThat(cookie.isOurs()).isTrue();
                    assertThat(cookie.circuit()).isEqualTo(circuit);
                    assertThat(cookie.direction()).isEqualTo(direction);
                    assertThat(cookie.hop()).isEqualTo(hop);
                    assertThat(Cookie.of(cookie.toString())).isEqualTo(cookie);
                }
            }
        }
        assertThat(Cookie.of("0x1").isOurs()).isFalse();
        assertThatThrownBy(() -> Cookie.of(Cookie.CookieKind.FORWARDING, 1, Direction.FORWARD, 2048))
                .hasMessage("The hop (2048) must be between 0 and 2047.");
    }

    /** Rules installed before hops had ids keep their cookies. */
    @Test
    void theCookieOfTheOnlyHopInASwitchIsTheSameAsBeforeHopsHadIds() {
        assertThat(Cookie.of(Cookie.CookieKind.FORWARDING, 1, Direction.REVERSE, 0))
                .hasToString("0x564c100000001001");
    }

    @Test
    void ordersRevisionsByGenerationThenStepThenStage() {
        List<Revision> ordered = List.of(
                new Revision(1, 1, 0),
                new Revision(1, 1, 2),
                new Revision(1, 2, 0),
                new Revision(2, 1, 0),
                new Revision(2, 1, 1));

        assertThat(Stream.of(4, 2, 0, 3, 1).map(ordered::get).sorted()).containsExactlyElementsOf(ordered);
    }

    @Test
    void distinguishesLaterDecisionsFromLaterStages() {
        Revision revision = new Revision(2, 5, 1);

        assertThat(new Revision(2, 6, 0).isOfLaterDecision(revision)).isTrue();
        assertThat(new Revision(3, 1, 0).isOfLaterDecision(revision)).isTrue();
        assertThat(new Revision(2, 5, 2).isOfLaterDecision(revision)).isFalse();
        assertThat(new Revision(2, 4, 2).isOfLaterDecision(revision)).isFalse();
        assertThat(new Revision(1, 9, 2).isOfLaterDecision(revision)).isFalse();
    }

    @Test
    void distinguishesNetworksByOverlayNamespaceAndName() {
        // Given
        NetworkId network = new NetworkId("a", "b", "c");
        // Then
        assertThat(network)
                .isEqualTo(NetworkId.of("a/b/c"))
                .hasSameHashCodeAs(NetworkId.of("a/b/c"))
                .isNotEqualTo(new NetworkId("x", "b", "c"))
                .isNotEqualTo(new NetworkId("a", "x", "c"))
                .isNotEqualTo(new NetworkId("a", "b", "x"))
                .isNotEqualTo("a/b/c")
                .isNotEqualTo(null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a/b/c/d", "A/b/c", "/b/c", "a//c", "a/b/-c"})
    void refusesAnInvalidNetworkId(String text) {
        assertThatThrownBy(() -> NetworkId.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
