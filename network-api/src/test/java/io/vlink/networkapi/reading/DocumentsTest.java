package io.vlink.networkapi.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class DocumentsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JSON | {'a':1,'a':2}           | Duplicate field 'a'",
                "JSON | {'a':{'b':1,'b':2}}     | Duplicate field 'b'",
                "JSON | {'a':1} {'b':2}         | Something follows the end of the object (line 1",
                "JSON | {'a':1                  | Unexpected end-of-input",
                "JSON | ['a']                   | not a list",
                "JSON | 'a'                     | not text",
                "JSON | null                    | not null",
                "JSON | {'a':NaN}               | Non-standard token 'NaN' (line 1",
                "YAML | {a: 1, a: 2}            | duplicate key a",
                "YAML | - a                     | not a list",
                "YAML | just words              | not a single value",
                "YAML | 42                      | not a single value",
                "YAML | 'a: [1'                 | (line 1",
                "YAML | a: !!java.net.URL x     | tag",
                "YAML | {a: &x {b: 1}, c: *x}   | aliases",
                "YAML | a: !!timestamp 2026-01-01 | tag",
            },
            quoteCharacter = '`')
    void explainsWhyADocumentCannotBeRead(Documents.Syntax syntax, String text, String reason) {
        String document = syntax == Documents.Syntax.JSON ? text.replace('\'', '"') : text.replace("'a: [1'", "a: [1");

        assertThat(malformed(document.getBytes(StandardCharsets.UTF_8), syntax)).containsIgnoringCase(reason);
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnEmptyDocument(Documents.Syntax syntax) {
        assertThat(malformed(new byte[0], syntax)).isEqualTo("The document is empty.");
        assertThat(malformed(" \n".getBytes(StandardCharsets.UTF_8), syntax)).isEqualTo("The document is empty.");
    }

    @ParameterizedTest
    @EnumSource
    void refusesBytesThatAreNotText(Documents.Syntax syntax) {
        assertThat(malformed(new byte[] {'{', (byte) 0xff, '}'}, syntax)).isEqualTo("The document is not UTF-8 text.");
    }

    @ParameterizedTest
    @EnumSource
    void refusesMoreThanAMebibyte(Documents.Syntax syntax) {
        assertThat(malformed(new byte[Documents.MAX_BYTES + 1], syntax))
                .isEqualTo("The document has 1048577 bytes. It may have at most 1048576.");
    }

    @Test
    void readsJsonOfAMebibyteAndSixtyFourKibibytesOfYaml() {
        // Given
        String large = "a: " + "é".repeat((Documents.MAX_YAML_BYTES - 4) / 2);

        // Then
        assertThat(Documents.read(large, Documents.Syntax.EITHER)).isInstanceOf(Document.Tree.class);
        assertThat(malformed((large + "éé").getBytes(StandardCharsets.UTF_8), Documents.Syntax.EITHER))
                .isEqualTo(
                        "The document is not a JSON object, and too large for YAML: YAML may have at most 65536 bytes,"
                                + " JSON 1048576.");
        assertThat(Documents.read(
                        "{\"a\":\"%s\"}".formatted("b".repeat(Documents.MAX_BYTES - 8)), Documents.Syntax.EITHER))
                .isInstanceOf(Document.Tree.class);
    }

    @ParameterizedTest
    @EnumSource
    void refusesDeepNesting(Documents.Syntax syntax) {
        String deep = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);

        assertThat(malformed(deep.getBytes(StandardCharsets.UTF_8), syntax)).containsIgnoringCase("depth");
    }

    @Test
    void refusesSeveralYamlDocuments() {
        assertThat(malformed("a: 1\n---\nb: 2\n".getBytes(StandardCharsets.UTF_8), Documents.Syntax.YAML))
                .isEqualTo("There are several YAML documents. Send one.");
    }

    @Test
    void keepsYamlScalarsAsWritten() {
        var root = Written.yaml("a: 0000000000000010\nb: 20M\nc: 8e5\nd: true\ne: ~\nf: 0o17\ng: yes\nh: 1_000\n");

        assertThat(root.toString())
                .isEqualTo("{\"a\":\"0000000000000010\",\"b\":\"20M\",\"c\":\"8e5\",\"d\":true,\"e\":null,"
                        + "\"f\":\"0o17\",\"g\":\"yes\",\"h\":\"1_000\"}");
    }

    @Test
    void readsJsonAsYaml() {
        assertThat(Written.yaml("{\"a\": [\"b\", {\"c\": 1}]}").toString()).isEqualTo("{\"a\":[\"b\",{\"c\":\"1\"}]}");
    }

    private static String malformed(byte[] bytes, Documents.Syntax syntax) {
        return switch (Documents.read(bytes, syntax)) {
            case Document.Malformed malformed -> malformed.message();
            case Document.Tree tree -> throw new AssertionError("Unexpectedly read: " + tree.root());
        };
    }
}
