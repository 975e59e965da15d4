package io.vlink.networkapi.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * One field of a document that is there and not null.
 *
 * @param path its JSON path (RFC 9535)
 */
record Field(String path, JsonNode node) {

    private static final Pattern SHORTHAND = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** The path of a member of the object at {@code path}. */
    static String member(String path, String name) {
        return SHORTHAND.matcher(name).matches()
                ? path + "." + name
                : "%s['%s']".formatted(path, name.replace("\\", "\\\\").replace("'", "\\'"));
    }

    Field element(int index) {
        return new Field("%s[%d]".formatted(path, index), node.get(index));
    }

    boolean isScalar() {
        return node.isTextual() || node.isNumber() || node.isBoolean();
    }

    /** The value as it was written. */
    String text() {
        return node.asText();
    }
}
