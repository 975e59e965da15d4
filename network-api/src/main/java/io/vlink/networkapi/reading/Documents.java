package io.vlink.networkapi.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Reads bytes as one JSON or YAML object, in UTF-8, with bounded size and depth. Refuses duplicate keys and trailing
 * content.
 */
public final class Documents {

    /** The largest document, in bytes. */
    public static final int MAX_BYTES = 1024 * 1024;

    /** The largest YAML document, in bytes. YAML takes ten times as long to read as JSON, and manifests are small. */
    public static final int MAX_YAML_BYTES = 64 * 1024;

    static final int MAX_DEPTH = 50;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Pattern SETTING = Pattern.compile(": enable `.*");

    private Documents() {}

    /** The syntax to read bytes in. */
    public enum Syntax {
        JSON,
        YAML,
        /** JSON if the text begins like JSON, else YAML. */
        EITHER
    }

    public static Document read(byte[] bytes, Syntax syntax) {
        if (bytes.length > MAX_BYTES) {
            return new Document.Malformed(
                    "The document has %d bytes. It may have at most %d.".formatted(bytes.length, MAX_BYTES));
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return read(text.startsWith("\uFEFF") ? text.substring(1) : text, syntax);
        } catch (CharacterCodingException e) {
            return new Document.Malformed("The document is not UTF-8 text.");
        }
    }

    static Document read(String text, Syntax syntax) {
        if (text.isBlank()) {
            return new Document.Malformed("The document is empty.");
        }
        return switch (syntax) {
            case JSON -> json(text);
            case YAML -> yaml(text);
            case EITHER -> startsLikeJson(text.stripLeading()) ? json(text) : yaml(text);
        };
    }

    private static Document yaml(String text) {
        if (text.length() > MAX_YAML_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_YAML_BYTES) {
            return new Document.Malformed(
                    "The document is not a JSON object, and too large for YAML: YAML may have at most %d bytes, JSON %d."
                            .formatted(MAX_YAML_BYTES, MAX_BYTES));
        }
        return YamlSyntax.read(text);
    }

    private static boolean startsLikeJson(String text) {
        return text.startsWith("{") || text.startsWith("[");
    }

    private static Document json(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            return root instanceof ObjectNode object
                    ? new Document.Tree(object)
                    : new Document.Malformed("The document must be an object, not %s.".formatted(Kinds.of(root)));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
            return new Document.Malformed("The document is not valid JSON: %s%s".formatted(inWords(e), where));
        }
    }

    /** Returns the parser's message without the parser setting that it suggests. */
    private static String inWords(JsonProcessingException e) {
        String first = e.getOriginalMessage().lines().findFirst().orElse("");
        return e instanceof MismatchedInputException
                ? "Something follows the end of the object"
                : SETTING.matcher(first).replaceFirst("");
    }
}
