package io.vlink.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The short forms of revisions and cookies in numerous records. */
class ShortFormsTest {

    @Test
    void writesARevisionAsThreeNumbers() {
        Revision last = new Revision(Long.MAX_VALUE, 0, Integer.MAX_VALUE);

        assertThat(DottedRevision.of("4.1.2").revision()).isEqualTo(new Revision(4, 1, 2));
        assertThat(new DottedRevision(last)).hasToString("9223372036854775807.0.2147483647");
        assertThat(DottedRevision.of(new DottedRevision(last).toString()).revision())
                .isEqualTo(last);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4",
                "4.1",
                "4.1.",
                ".1.2",
                "4..2",
                "4.1.2.3",
                "4.1.-2",
                "+4.1.2",
                "04.1.2",
                "4.1.2147483648",
                "9223372036854775808.1.2",
                "4.1.x",
                "4.1. 2"
            })
    void refusesAnInvalidRevision(String text) {
        assertThatThrownBy(() -> DottedRevision.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The revision (" + text + ") must be generation.step.stage");
    }

    @ParameterizedTest
    @CsvSource({
        "0x564c100000017001, 17001",
        "0x564c1fffffffffff, fffffffffff",
        "0x564c100000000000, 0x564c100000000000",
        "0x564c200000000007, 0x564c200000000007",
        "0x564c300000017001, 0x564c300000017001",
        "0xffff100000017001, 0xffff100000017001",
        "0x0000000000017001, 0x0000000000017001"
    })
    void writesOnlyTheEndOfAForwardingCookie(String whole, String written) {
        // When
        ShortCookie cookie = new ShortCookie(Cookie.of(whole));

        // Then
        assertThat(cookie).hasToString(written);
        assertThat(ShortCookie.of(written)).isEqualTo(cookie);
        assertThat(ShortCookie.of(whole)).isEqualTo(cookie);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "017001", "100000000000", "0x17001", "0x", "g", "F", "-1", "+1", "0x564c1000000170011"})
    void refusesAnInvalidCookie(String text) {
        assertThatThrownBy(() -> ShortCookie.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The cookie (" + text + ") must be");
    }
}
