package io.vlink.cli.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.cli.kinds.Kind;
import io.vlink.cli.kinds.Place;
import io.vlink.cli.kinds.Reference;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A document as written by the user. Only its kind and name are read here; network-api validates the rest.
 *
 * @param origin file and position, for messages
 * @param body the body to send: the document without a {@code kind} that network-api does not know, and with names
 *     beside the spec
 * @param dropped the fields that network-api does not keep, such as {@code metadata.labels}
 */
public record Document(String origin, Kind kind, ObjectNode body, List<String> dropped) {

    private static final String MANIFEST = "L2Network";

    static Document of(String origin, JsonNode root) {
        if (!(root instanceof ObjectNode object)) {
            throw new UnreadableException("%s: an object is required.".formatted(origin));
        }
        String kind = object.path("kind").asText("");
        if (kind.equals(MANIFEST)) {
            return new Document(origin, Kind.NETWORK, object, List.of());
        }
        if (!kind.isEmpty()) {
            Kind named = Kind.find(kind)
                    .filter(Kind::isDeclared)
                    .orElseThrow(() -> new UnreadableException(
                            "%s: the kind (%s) must be Node, Link, Network, Attachment or L2Network%s."
                                    .formatted(origin, kind, instead(kind))));
            ObjectNode body = object.deepCopy();
            body.remove("kind");
            return named(origin, named, body);
        }
        return named(
                origin,
                recognise(object.path("spec").isObject() ? object.path("spec") : object)
                        .orElseThrow(() -> new UnreadableException(
                                ("%s: the kind of this document cannot be recognised. A node has a datapathId, a link from and to, a network a path,"
                                                + " an attachment a node and a port. Or add kind: Node, Link, Network, Attachment or L2Network.")
                                        .formatted(origin))),
                object);
    }

    private static Document named(String origin, Kind kind, ObjectNode document) {
        return Kubernetes.isShapeOf(document)
                ? new Document(origin, kind, Kubernetes.flat(origin, kind, document), Kubernetes.dropped(document))
                : new Document(origin, kind, document, List.of());
    }

    /** Returns what to do with a kind that cannot be declared here, as the end of a sentence. */
    private static String instead(String kind) {
        return switch (kind.toLowerCase(Locale.ROOT)) {
            case "switch", "service" ->
                ": a %s is observed and cannot be declared. ./vlink get nodes,links,networks,attachments -o yaml prints all that can be"
                        .formatted(kind.toLowerCase(Locale.ROOT));
            case "overlay" ->
                ": an Overlay is for kubectl apply; here, its nodes and links are declared one by one, as Node and Link";
            case "l2smnetwork" -> ": L2SMNetwork is an older name of L2Network";
            case "networkedgedevice", "quarantinepodrequest" -> ": this kind of L2S-M is not built";
            case "pod" -> ": the end of a network is declared as Attachment; pods are for kubectl apply";
            default -> "";
        };
    }

    private static Optional<Kind> recognise(JsonNode spec) {
        if (spec.has("datapathId")) {
            return Optional.of(Kind.NODE);
        }
        if (spec.has("from") && spec.has("to")) {
            return Optional.of(Kind.LINK);
        }
        if (spec.has("path") || spec.has("direct-path") || spec.has("config")) {
            return Optional.of(Kind.NETWORK);
        }
        return spec.has("node") && spec.has("port") ? Optional.of(Kind.ATTACHMENT) : Optional.empty();
    }

    /**
     * Returns the name of the resource.
     *
     * @param overlay the overlay from the command line; null: that of the document, else the default
     * @param namespace the namespace, likewise
     */
    public Reference reference(@Nullable String overlay, @Nullable String namespace) {
        JsonNode names = body.path("metadata").isObject() ? body.path("metadata") : body;
        Place place = new Place(
                agreed("overlay", text(body, "overlay"), overlay),
                agreed("namespace", text(names, "namespace"), namespace));
        if (kind != Kind.ATTACHMENT) {
            return new Reference(kind, place, required(names, "name"));
        }
        String id = names.has("id") ? required(names, "id") : required(names, "name");
        return new Reference(kind, place, required(names, "network") + "/" + id);
    }

    private String agreed(String what, @Nullable String written, @Nullable String said) {
        if (written != null && said != null && !written.equals(said)) {
            throw new UnreadableException(
                    "%s: the %s (%s) is not the one on the command line (%s).".formatted(origin, what, written, said));
        }
        if (written != null) {
            return written;
        }
        return said == null ? Place.DEFAULT : said;
    }

    private String required(JsonNode names, String field) {
        String text = text(names, field);
        if (text == null) {
            throw new UnreadableException(
                    "%s: the field (%s) is required in a %s.".formatted(origin, field, kind.singular()));
        }
        return text;
    }

    private static @Nullable String text(JsonNode object, String field) {
        String text = object.path(field).asText("");
        return text.isEmpty() ? null : text;
    }
}
