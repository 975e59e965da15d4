package io.vlink.networkapi.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Bytes of a user as a tree, or why they are none. */
public sealed interface Document {

    /** One object. */
    record Tree(ObjectNode root) implements Document {}

    /** No object; {@code message} says why, and where. */
    record Malformed(String message) implements Document {}
}
