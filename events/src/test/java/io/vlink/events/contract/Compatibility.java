package io.vlink.events.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rule of the contract: topics, events and optional fields may be added; everything published remains. It protects
 * both sides: new readers read old records in compacted topics, and old readers read new records. Records of an
 * internal topic may change in any way once its schema number is raised, by which readers distinguish them.
 */
final class Compatibility {

    private static final Set<String> WORDS =
            Set.of("description", "title", "examples", "$comment", "$schema", "$id", "$defs");

    private Compatibility() {}

    /** Returns a schema without descriptions, and with every reference replaced by its target. */
    static JsonNode essence(@Nullable JsonNode schema) {
        if (schema == null) {
            throw new IllegalArgumentException("There is no such schema.");
        }
        return essence(schema, schema, false);
    }

    private static JsonNode essence(JsonNode schema, JsonNode root, boolean names) {
        if (schema instanceof ObjectNode object) {
            if (!names && object.has("$ref")) {
                return essence(root.at(object.path("$ref").asText().substring(1)), root, false);
            }
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(member -> {
                if (names || !WORDS.contains(member.getKey())) {
                    boolean ofFields = !names && member.getKey().equals("properties");
                    kept.set(member.getKey(), essence(member.getValue(), root, ofFields));
                }
            });
            return kept;
        }
        if (schema instanceof ArrayNode array) {
            ArrayNode kept = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> kept.add(essence(element, root, false)));
            return kept;
        }
        return schema;
    }

    /** Returns the ways in which the present contract breaks a published one, in words; empty: none. */
    static List<String> broken(JsonNode published, JsonNode now) {
        List<String> broken = new ArrayList<>();
        published.properties().forEach(topic -> {
            JsonNode present = now.path(topic.getKey());
            if (present.isMissingNode()) {
                broken.add("%s is gone".formatted(topic.getKey()));
                return;
            }
            if (!present.path("key").equals(topic.getValue().path("key"))) {
                broken.add("%s has another key".formatted(topic.getKey()));
            }
            JsonNode numbered = topic.getValue().path("schema");
            JsonNode number = present.path("schema");
            if (numbered.isMissingNode() && number.isInt()) {
                broken.add("%s was public and is internal".formatted(topic.getKey()));
            } else if (number.isInt() && number.asInt() < numbered.asInt()) {
                broken.add("%s: its schema number was %d and is %d, and must not decrease"
                        .formatted(topic.getKey(), numbered.asInt(), number.asInt()));
            } else if (number.asInt() == numbered.asInt() || number.isMissingNode()) {
                String remedy = numbered.isInt() && number.isInt() ? remedy(topic.getKey(), number.asInt()) : "";
                broken.addAll(brokenEvents(topic.getKey(), topic.getValue(), present).stream()
                        .map(each -> each + remedy)
                        .toList());
            }
        });
        return broken;
    }

    private static String remedy(String topic, int number) {
        return "; %s is internal: raise its schema number to %d in Topic, and convert records of number %d in Conversions"
                .formatted(topic, number + 1, number);
    }

    private static List<String> brokenEvents(String topic, JsonNode published, JsonNode now) {
        List<String> broken = new ArrayList<>();
        published.path("events").properties().forEach(event -> {
            JsonNode schema = now.path("events").path(event.getKey());
            if (schema.isMissingNode()) {
                broken.add("%s no longer carries %s".formatted(topic, event.getKey()));
            } else {
                compare(event.getKey(), event.getValue(), schema, broken);
            }
        });
        return broken;
    }

    private static void compare(String path, JsonNode published, JsonNode now, List<String> broken) {
        Set<String> keywords = new TreeSet<>();
        published.fieldNames().forEachRemaining(keywords::add);
        now.fieldNames().forEachRemaining(keywords::add);
        for (String keyword : keywords) {
            JsonNode before = published.path(keyword);
            JsonNode after = now.path(keyword);
            switch (keyword) {
                case "properties" -> fields(path, published, now, broken);
                case "required" -> {
                    // judged with the fields
                }
                case "items" -> compare(path + "[]", before, after, broken);
                case "oneOf" -> alternatives(path, before, after, broken);
                case RecordSchemas.KNOWN -> words(path, before, after, broken);
                default -> {
                    if (!before.equals(after)) {
                        broken.add("%s: %s was %s and is %s".formatted(path, keyword, shown(before), shown(after)));
                    }
                }
            }
        }
    }

    private static void fields(String path, JsonNode published, JsonNode now, List<String> broken) {
        Set<String> neededBefore = names(published.path("required"));
        Set<String> neededNow = names(now.path("required"));
        published.path("properties").properties().forEach(field -> {
            String name = field.getKey();
            JsonNode after = now.path("properties").path(name);
            if (after.isMissingNode()) {
                broken.add("%s.%s was removed".formatted(path, name));
                return;
            }
            if (neededNow.contains(name) && !neededBefore.contains(name)) {
                broken.add("%s.%s is newly required".formatted(path, name));
            }
            if (neededBefore.contains(name) && !neededNow.contains(name)) {
                broken.add("%s.%s is no longer required, but was always present".formatted(path, name));
            }
            compare(path + "." + name, field.getValue(), after, broken);
        });
        now.path("properties").fieldNames().forEachRemaining(name -> {
            if (!published.path("properties").has(name) && neededNow.contains(name)) {
                broken.add("%s.%s is new and required".formatted(path, name));
            }
        });
    }

    /** Compares alternatives one by one, in order. Readers cannot handle a new alternative within an event. */
    private static void alternatives(String path, JsonNode before, JsonNode after, List<String> broken) {
        if (before.size() != after.size()) {
            broken.add("%s: had %d alternatives and has %d".formatted(path, before.size(), after.size()));
            return;
        }
        for (int i = 0; i < before.size(); i++) {
            compare("%s<%d>".formatted(path, i), before.path(i), after.path(i), broken);
        }
    }

    /** The words of an open list must stay; more may be added. */
    private static void words(String path, JsonNode before, JsonNode after, List<String> broken) {
        Set<String> gone = new TreeSet<>(names(before));
        gone.removeAll(names(after));
        gone.forEach(word -> broken.add("%s: %s was removed".formatted(path, word)));
    }

    private static Set<String> names(JsonNode list) {
        Set<String> names = new HashSet<>();
        list.forEach(name -> names.add(name.asText()));
        return names;
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "absent" : value.toString();
    }
}
