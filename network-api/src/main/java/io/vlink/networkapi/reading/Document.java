package io.vlink.networkapi.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The result of parsing bytes: a tree, or the reason why there is none. */
public sealed interface Document {

    /** One object. */
    record Tree(ObjectNode root) implements Document {}

    /** Not an object; {@code message} gives the reason and the place. */
    record Malformed(String message) implements Document {}
}
