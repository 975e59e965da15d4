package io.vlink.tests.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.tests.suite.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code ./vlink} reports wrong command lines and answers {@code --help} before anything is checked, built or started.
 */
class UsageTest {

    private static final int USAGE = 2;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo", "up", "down", "status", "suite", "logs", "images", "test", "bench", "get", "apply", "path",
            })
    void explainsACommand(String command) {
        // When
        Command.Result asked = vlink("help " + command);

        // Then
        assertThat(asked.exitCode()).as(asked.output()).isZero();
        assertThat(asked.output()).startsWith("usage: ./vlink COMMAND\n").contains("  " + command);
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            demo --help                            | --kubernetes
            up -h                                  | --containers
            up --kubernetes --help                 | --containers
            down --help                            | --keep
            status --help                          | status
            suite --help                           | adopt|clear
            suite adopt --help                     | DATAPATH-ID
            suite finalise --help                  | builds before cannot read
            logs --help                            | TAIL-ARGUMENT
            images -h                              | images
            test --help                            | MAVEN-ARGUMENT
            bench --help                           | --rounds
            bench --vlinks 100 --help              | --only
            """)
    void answersHelp(String words, String said) {
        // When
        Command.Result asked = vlink(words);

        // Then
        assertThat(asked.exitCode()).as(asked.output()).isZero();
        assertThat(asked.output()).contains(said);
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bench --vlinks                         | the option --vlinks needs a value
            bench --out                            | the option --out needs a value
            bench --only --via rest                | the option --only needs a value
            bench --vlinks 4001                    | --vlinks must be between 1 and 4000, not '4001'
            bench --repeats 0                      | --repeats must be between 1 and 100, not '0'
            bench --rounds many                    | --rounds must be between 1 and 100000, not 'many'
            bench --via pigeon                     | --via must be rest or kafka, not 'pigeon'
            bench --only single,all                | not 'single,all'
            bench --only single,                   | not 'single,'
            bench --fast 1                         | there is no option --fast
            bench single                           | there is no option single
            up --container                         | there is no 'up --container'
            up --kubernetes now                    | there is no 'up now'
            demo again                             | there is no 'demo again'
            down --kepe                            | there is no 'down --kepe'
            down --keep all                        | there is no 'down all'
            status -v                              | there is no 'status -v'
            images kafka                           | there is no 'images kafka'
            suite show me                          | there is no 'suite show me'
            logs nobody                            | no service 'nobody'
            help me                                | there is no command 'me'
            start                                  | there is no command 'start'
            start --help                           | there is no command 'start'
            """)
    void refusesWrongCommandLines(String words, String said) {
        // When
        Command.Result asked = vlink(words);

        // Then
        assertThat(asked.exitCode()).as(asked.output()).isEqualTo(USAGE);
        assertThat(asked.output()).contains(said);
        assertThat(directory.resolve("run")).doesNotExist();
    }

    private Command.Result vlink(String words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("vlink.root", ".."))
                .resolve("vlink")
                .toAbsolutePath()
                .normalize()
                .toString());
        command.addAll(List.of(words.split(" ")));
        return Command.tryRun(Map.of("VLINK_RUN", directory.resolve("run").toString()), command);
    }
}
