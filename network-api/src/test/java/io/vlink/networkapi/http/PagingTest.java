package io.vlink.networkapi.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of pages, and the size of a page. */
class PagingTest {

    private static final String KEY = "default/team/vlink-17";
    private static final String TOKEN = Paging.token(KEY);

    private final Paging paging = new Paging();

    @Test
    void aTokenLeadsToTheKeyThatItWasMadeOf() {
        paging.after = TOKEN;

        assertThat(paging.key("default/")).isEqualTo(KEY);
        assertThat(TOKEN).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void thereIsNoKeyWithoutAToken() {
        assertThat(paging.key("default/")).isNull();

        paging.after = "";

        assertThat(paging.key("default/")).isNull();
    }

    @Test
    void aDamagedTokenIsRefusedWhereverTheDamageIs() {
        for (int at = 0; at < TOKEN.length(); at++) {
            refuses(TOKEN.substring(0, at));
            refuses(TOKEN.substring(0, at) + (TOKEN.charAt(at) == 'A' ? 'B' : 'A') + TOKEN.substring(at + 1));
        }
        refuses(TOKEN + "A");
        refuses(TOKEN + TOKEN);
    }

    @Test
    void aTokenOfAnotherListIsRefused() {
        paging.after = TOKEN;

        assertThatThrownBy(() -> paging.key("other/"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("must be the \"next\" of an earlier page of this list");
    }

    @ParameterizedTest
    @ValueSource(strings = {KEY, KEY + " 00000000", " ", "\u00e9"})
    void aMadeUpTokenIsRefused(String text) {
        refuses(Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aPageHasAThousandEntriesUnlessTheCallerAsksForFewer() {
        assertThat(paging.limit()).isEqualTo(1000);

        paging.limit = "7";

        assertThat(paging.limit()).isEqualTo(7);
    }

    private void refuses(String token) {
        if (token.isEmpty()) {
            return;
        }
        paging.after = token;
        assertThatThrownBy(() -> paging.key("default/"))
                .as(token)
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("Query parameter after");
    }
}
