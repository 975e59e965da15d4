package io.vlink.networkapi.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.networkapi.http.Call;
import io.vlink.networkapi.reading.Documents.Syntax;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CallTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=5 | 5",
                "WAIT = 5 | 5",
                "respond-async, wait=5 | 5",
                "return=minimal; wait=5 | 5",
                "wait=\"5\" | 5",
                "wait=60 | 60",
                "wait=61 | 60",
                "wait=999999 | 60",
                "wait=99999999999999999999 | 60"
            })
    void readsTheWait(String prefer, int seconds) {
        assertThat(Call.patience(List.of(prefer))).isEqualTo(Optional.of(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wait", "wait=", "wait=0", "wait=-1", "wait=1.5", "wait=soon", "waiting=5"})
    void ignoresInvalidPreferences(String prefer) {
        assertThat(Call.patience(List.of(prefer))).isEmpty();
    }

    @Test
    void readsEveryHeader() {
        assertThat(Call.patience(List.of("respond-async", "wait=7"))).isEqualTo(Optional.of(Duration.ofSeconds(7)));
    }

    @Test
    void recognizesYamlByItsMediaType() {
        assertThat(Call.syntax("application/yaml; charset=utf-8")).isEqualTo(Syntax.YAML);
        assertThat(Call.syntax("TEXT/YAML")).isEqualTo(Syntax.YAML);
        assertThat(Call.syntax("application/json")).isEqualTo(Syntax.JSON);
        assertThat(Call.syntax(null)).isEqualTo(Syntax.JSON);
    }
}
