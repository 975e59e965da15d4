package io.vlink.networkapi.reading;

import org.jspecify.annotations.Nullable;

/**
 * Where a document belongs, as far as that is known without it. What the document itself says of that must agree.
 *
 * @param overlay the overlay; absent: the document's, else {@value #DEFAULT}
 * @param namespace the namespace; absent: the document's, else {@value #DEFAULT}
 * @param network the network of an attachment; absent: the document must say it
 * @param name the name; absent: the document must say it
 */
public record Place(
        @Nullable String overlay,
        @Nullable String namespace,
        @Nullable String network,
        @Nullable String name) {

    /** The overlay and the namespace of whoever names none. */
    public static final String DEFAULT = "default";

    /** Nothing is known. */
    public static final Place ANYWHERE = new Place(null, null, null, null);

    /** A node or a link. */
    public static Place inOverlay(String overlay, @Nullable String name) {
        return new Place(overlay, null, null, name);
    }

    /** A network. */
    public static Place inNamespace(String overlay, String namespace, @Nullable String name) {
        return new Place(overlay, namespace, null, name);
    }

    /** An attachment. */
    public static Place inNetwork(String overlay, String namespace, String network, @Nullable String id) {
        return new Place(overlay, namespace, network, id);
    }
}
