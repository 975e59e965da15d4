package io.vlink.cli.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.cli.kinds.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads documents in the shape of Kubernetes: {@code kind}, {@code metadata}, {@code spec}. Network-api has names beside
 * the spec; only its {@code L2Network} has metadata.
 */
final class Kubernetes {

    /** The fields of metadata that say which resource it is. */
    private static final List<String> NAMES = List.of("name", "namespace", "overlay", "network", "id");

    /** The fields of metadata that are for people and for other programs; network-api keeps none of them. */
    private static final Set<String> NOTES = Set.of("labels", "annotations");

    /** The fields that Kubernetes or network-api adds to what a user wrote. */
    private static final Set<String> ADDED = Set.of(
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "managedFields",
            "finalizers",
            "ownerReferences",
            "selfLink");

    private Kubernetes() {}

    static boolean isShapeOf(ObjectNode document) {
        return document.path("metadata").isObject();
    }

    /** Returns a document with the names of its metadata beside its spec. */
    static ObjectNode flat(String origin, Kind kind, ObjectNode document) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        document.path("metadata").properties().forEach(member -> {
            String name = member.getKey();
            if (NAMES.contains(name)) {
                body.set(kind == Kind.ATTACHMENT && name.equals("name") ? "id" : name, member.getValue());
            } else if (!NOTES.contains(name) && !ADDED.contains(name)) {
                throw new UnreadableException(
                        "%s: the field metadata.%s is not known. Known: name, namespace, overlay%s."
                                .formatted(origin, name, kind == Kind.ATTACHMENT ? ", network" : ""));
            }
        });
        document.properties().forEach(member -> {
            if (!Set.of("kind", "apiVersion", "metadata", "status").contains(member.getKey())) {
                body.set(member.getKey(), member.getValue());
            }
        });
        JsonNode spec = body.path("spec");
        if (kind == Kind.ATTACHMENT && !body.has("network") && spec.has("network")) {
            ObjectNode rest = spec.deepCopy();
            body.set("network", rest.remove("network"));
            body.set("spec", rest);
        }
        return body;
    }

    /** Returns the fields of the metadata that are not kept. */
    static List<String> dropped(ObjectNode document) {
        List<String> dropped = new ArrayList<>();
        document.path("metadata").fieldNames().forEachRemaining(name -> {
            if (NOTES.contains(name)) {
                dropped.add("metadata." + name);
            }
        });
        return dropped;
    }
}
