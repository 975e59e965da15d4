package io.vlink.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @Test
    void readsEveryOption() {
        assertThat(Arguments.of(List.of(
                        "--create",
                        "--bootstrap-servers",
                        "a:1,b:2",
                        "--partitions",
                        "16",
                        "--replication-factor",
                        "3",
                        "--command-config",
                        "tls.properties")))
                .isEqualTo(new Arguments(
                        Optional.of("a:1,b:2"),
                        Optional.of(16),
                        Optional.of((short) 3),
                        Optional.of(Path.of("tls.properties")),
                        true,
                        false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--create | --create needs --bootstrap-servers.",
                "--finalise | --finalise needs --bootstrap-servers, and excludes --create.",
                "--finalise --create --bootstrap-servers a:1 | --finalise needs --bootstrap-servers, and excludes --create.",
                "--bootstrap-servers | The option --bootstrap-servers needs a value.",
                "--bootstrap-servers --create | The option --bootstrap-servers needs a value.",
                "--partitions 0 | --partitions (0) must be a number from 1 to 10000.",
                "--partitions eight | --partitions (eight) must be a number from 1 to 10000.",
                "--replication-factor 70000 | --replication-factor (70000) must be a number from 1 to 1000.",
                "--delete | There is no option --delete.",
            })
    void explainsWhatIsWrong(String words, String why) {
        assertThatThrownBy(() -> Arguments.of(List.of(words.split(" ", -1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }
}
