package io.vlink.events.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class UnicodeTest {

    private static final String PAIR = "\ud83d\ude00";

    @Test
    void findsLoneSurrogates() {
        assertThat(Unicode.loneSurrogate("plain " + PAIR)).isEqualTo(-1);
        assertThat(Unicode.loneSurrogate("a\ud800")).isEqualTo(1);
        assertThat(Unicode.loneSurrogate(PAIR + "\ude00")).isEqualTo(2);
        assertThat(Unicode.loneSurrogate("\ud83d\ud83d\ude00")).isZero();
    }

    @Test
    void replacesEachLoneSurrogateAndNothingElse() {
        assertThat(Unicode.wellFormed("\ude00\ud83d" + PAIR + "\ud83dx")).isEqualTo("\ufffd\ufffd" + PAIR + "\ufffdx");
        assertThat(Unicode.printable("Open\u001b[2J vSwitch\u0000\ud800" + PAIR))
                .isEqualTo("Open\ufffd[2J vSwitch\ufffd\ufffd" + PAIR);
    }

    @Test
    void neverSplitsAPair() {
        assertThat(Unicode.beginning("ab" + PAIR, 3)).isEqualTo("ab");
        assertThat(Unicode.beginning("ab" + PAIR, 4)).isEqualTo("ab" + PAIR);
        assertThat(Unicode.beginning("abc", 2)).isEqualTo("ab");
    }
}
