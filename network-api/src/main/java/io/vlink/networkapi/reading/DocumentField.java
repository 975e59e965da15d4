package io.vlink.networkapi.reading;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One field of a document, present and not null.
 *
 * @param path its JSON path (RFC 9535)
 */
record DocumentField(String path, JsonNode node) {

    /** Returns the path of a member of the object at {@code path}. */
    static String member(String path, String name) {
        return isShorthand(name)
                ? path + "." + name
                : "%s['%s']".formatted(path, name.replace("\\", "\\\\").replace("'", "\\'"));
    }

    /** Returns whether a name may follow a dot: ASCII letters, digits and underscores, no digit first. */
    private static boolean isShorthand(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    DocumentField element(int index) {
        return new DocumentField(path + "[" + index + "]", node.get(index));
    }

    boolean isScalar() {
        return node.isTextual() || node.isNumber() || node.isBoolean();
    }

    /** Returns the value as written. */
    String text() {
        return node.asText();
    }
}
