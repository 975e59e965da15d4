package io.vlink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The completion scripts; that of bash is run. */
class CompletionTest {

    private final CannedApi api = new CannedApi();

    @TempDir
    Path directory;

    CompletionTest() throws IOException {}

    @AfterEach
    void stop() {
        api.close();
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("get networks ", "wire|wires|other"),
                Arguments.of("get networks wire other w", "wire|wires"),
                Arguments.of("describe network/", "network/wire|network/wires|network/other"),
                Arguments.of("delete network/wire network/wires", "network/wires"),
                Arguments.of("wait networks -n team w", "we-are-of-team"),
                Arguments.of("wait networks --namespace = team w", "we-are-of-team"),
                Arguments.of("path ", "wire|wires|other"),
                Arguments.of("get all", "all"),
                Arguments.of("vers", "version"),
                Arguments.of("get networks --colour n", "never"),
                Arguments.of("get networks --ignore", "--ignore-not-found"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void completesNamesInBash(String line, String expected) throws Exception {
        // Given: a command that answers with names, as the suite would
        assertThat(api.run("completion", "bash")).isZero();
        Files.writeString(directory.resolve("script"), api.out.toString());
        Path command = directory.resolve("vlink");
        Files.writeString(command, """
                #!/bin/bash
                case "$*" in
                  "get networks -o name" | "get network -o name") printf 'network/%s\\n' wire wires other ;;
                  "get networks -o name -n team" | "get networks -o name --namespace team") echo network/we-are-of-team ;;
                  *) echo "unexpected: $*" >&2; exit 1 ;;
                esac
                """);
        assertThat(command.toFile().setExecutable(true)).isTrue();

        // When
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source \"$1/script\"; COMP_WORDS=(\"$1/vlink\"); while IFS= read -r -d ' ' word; do COMP_WORDS+=(\"$word\"); done <<<\"$2 \";"
                                + " COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_vlink_names; printf '%s\\n' \"${COMPREPLY[@]}\"",
                        "bash",
                        directory.toString(),
                        line)
                .redirectError(ProcessBuilder.Redirect.DISCARD) // compopt complains outside of a shell's own completion
                .start();
        List<String> found = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .toList();

        // Then
        assertThat(found).containsExactly(expected.split("\\|", -1));
    }

    @Test
    void writesAScriptForFish() {
        assertThat(api.run("completion", "fish")).isZero();
        assertThat(api.out.toString())
                .contains("complete -c vlink -n __vlink_begins -a get -d 'Lists resources, or shows some by name.'")
                .contains("complete -c vlink -n __vlink_begins -a status")
                .contains("complete -c vlink -n '__vlink_after 1 get' -a 'all nodes node links link")
                .contains("complete -c vlink -n '__vlink_in get' -s o -l output -x -a 'table wide json yaml name'")
                .contains("complete -c vlink -n '__vlink_in apply' -s f -l file -r -F")
                .contains("contains -- $word --api --ca --namespace --overlay -n")
                .doesNotContain("@VALUED@", "@WHERE@", "--selector");
    }
}
