package io.vlink.networkapi.reading;

import org.jspecify.annotations.Nullable;

/**
 * The place that a document belongs to, as known from its URL or id. Names in the document must agree with it.
 *
 * @param overlay the overlay; null: the document's, else {@value #DEFAULT}
 * @param namespace the namespace; null: the document's, else {@value #DEFAULT}
 * @param network the network of an attachment; null: the document must name it
 * @param name the name; null: the document must give it
 */
public record DocumentScope(
        @Nullable String overlay,
        @Nullable String namespace,
        @Nullable String network,
        @Nullable String name) {

    /** The overlay and the namespace used if none is named. */
    public static final String DEFAULT = "default";

    /** A place of which nothing is known. */
    public static final DocumentScope ANYWHERE = new DocumentScope(null, null, null, null);

    /** Returns the place of a node or a link. */
    public static DocumentScope inOverlay(String overlay, @Nullable String name) {
        return new DocumentScope(overlay, null, null, name);
    }

    /** Returns the place of a network. */
    public static DocumentScope inNamespace(String overlay, String namespace, @Nullable String name) {
        return new DocumentScope(overlay, namespace, null, name);
    }

    /** Returns the place of an attachment. */
    public static DocumentScope inNetwork(String overlay, String namespace, String network, @Nullable String id) {
        return new DocumentScope(overlay, namespace, network, id);
    }
}
