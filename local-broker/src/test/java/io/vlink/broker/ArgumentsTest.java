package io.vlink.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vlink.broker.Main.Arguments;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArgumentsTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("VLINK_KAFKA_PORT", "19092", "VLINK_KAFKA_DIR", "/data/environment");

    @Test
    void theCommandLineOverridesTheEnvironment() {
        var arguments = Arguments.of(new String[] {"29092", "/data/line"}, ENVIRONMENT);

        assertThat(arguments).isEqualTo(new Arguments(29_092, Path.of("/data/line")));
    }

    @Test
    void theEnvironmentOverridesTheDefault() {
        assertThat(Arguments.of(new String[0], ENVIRONMENT))
                .isEqualTo(new Arguments(19_092, Path.of("/data/environment")));
        assertThat(Arguments.of(new String[0], Map.of())).isEqualTo(new Arguments(9092, Path.of(".run/kafka")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "65536", "kafka", "999999"})
    void namesAnInvalidPortNumber(String port) {
        assertThatThrownBy(() -> Arguments.of(new String[] {port}, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("port number")
                .hasMessageEndingWith(port);
    }
}
