package io.vlink.networkapi.reading;

import com.fasterxml.jackson.databind.JsonNode;

/** Names the kinds of JSON nodes in messages. */
final class Kinds {

    private Kinds() {}

    static String of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case MISSING -> "nothing";
            case BINARY, POJO -> "something else";
        };
    }
}
