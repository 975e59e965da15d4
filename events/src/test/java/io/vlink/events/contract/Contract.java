package io.vlink.events.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.contract.RecordSchemas.View;
import io.vlink.events.schema.PublishedAs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The published contract: the events of each topic, and the schema of each event. */
public final class Contract {

    static final Path EXAMPLES = Path.of("src/main/resources/io/vlink/events/examples");

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path MANIFEST = Path.of("src/test/resources/io/vlink/events/L2Network.schema.json");
    private static final String DEFINITIONS = "#/$defs/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Topic, TypedTopic<?, ?>> TYPED = allTyped();

    private Contract() {}

    static Javadocs javadocs() {
        return Javadocs.of(SOURCES);
    }

    /** Returns the records that a topic carries. */
    public static List<Class<?>> eventsOf(Topic topic) {
        Class<?> type = typed(topic).type();
        return type.isSealed() ? records(type) : List.of(type);
    }

    /** Returns the declared contents of a topic, from the constant TOPIC of a record or of a family of records. */
    public static TypedTopic<?, ?> typed(Topic topic) {
        TypedTopic<?, ?> typed = TYPED.get(topic);
        if (typed == null) {
            throw new IllegalStateException("No record has a constant TOPIC for %s.".formatted(topic));
        }
        return typed;
    }

    private static Map<Topic, TypedTopic<?, ?>> allTyped() {
        Map<Topic, TypedTopic<?, ?>> all = new EnumMap<>(Topic.class);
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String name = SOURCES.relativize(file).toString().replace('/', '.');
                for (Field field : Class.forName(name.substring(0, name.length() - ".java".length()))
                        .getDeclaredFields()) {
                    if (field.getName().equals("TOPIC") && field.get(null) instanceof TypedTopic<?, ?> typed) {
                        TypedTopic<?, ?> other = all.put(typed.topic(), typed);
                        if (other != null) {
                            throw new IllegalStateException("%s and %s cannot both be declared as the records of %s."
                                    .formatted(other.type(), typed.type(), typed.topic()));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A class cannot be looked into.", e);
        }
        return all;
    }

    /** The name of an event or of a part of one, as the contract publishes it. */
    public static String nameOf(Class<?> type) {
        PublishedAs published = type.getAnnotation(PublishedAs.class);
        return published == null ? type.getSimpleName() : published.value();
    }

    static View viewOf(Topic topic) {
        return topic == Topic.REQUESTS ? View.ASKED : View.RECORDED;
    }

    /** Returns the schema of each event by its name, each as a separate document. */
    static Map<String, ObjectNode> schemas(Javadocs docs) {
        Map<String, ObjectNode> schemas = new TreeMap<>();
        for (Topic topic : Topic.values()) {
            for (Class<?> event : eventsOf(topic)) {
                ObjectNode document = document(event, viewOf(topic), docs);
                if (topic.isInternal()) {
                    document.put("$comment", Contract.internal(topic));
                }
                schemas.put(nameOf(event), document);
            }
        }
        schemas.put("L2Network", manifest());
        return schemas;
    }

    static ObjectNode document(Class<?> event, View view, Javadocs docs) {
        RecordSchemas records = new RecordSchemas(docs, DEFINITIONS);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.setAll(records.event(event, view));
        if (!records.definitions().isEmpty()) {
            document.putObject("$defs").setAll(records.definitions());
        }
        return document;
    }

    /** Returns the remark on an internal topic. */
    static String internal(Topic topic) {
        return "Internal: only Vlink's own services use this topic, and any version may change its records in any way. This is schema number %d."
                .formatted(topic.schema());
    }

    /**
     * Returns the schema of the one message of {@code vlink.requests} that is not a record of this module: the guide's
     * manifest.
     */
    static ObjectNode manifest() {
        return (ObjectNode) read(MANIFEST);
    }

    static JsonNode example(Class<?> event) {
        return read(EXAMPLES.resolve(nameOf(event) + ".json"));
    }

    /** Returns the fields that an event may have in Kafka. */
    public static List<String> fieldsOf(Class<?> event) {
        return Stream.of(RecordSchemas.written(event).getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /**
     * Returns each golden example of an event: the usual one, then those of other forms, such as
     * {@code RuleSet-link.json}.
     */
    public static List<JsonNode> examples(Class<?> event) {
        String others = nameOf(event) + "-";
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return Stream.concat(
                            Stream.of(example(event)),
                            files.filter(file -> file.getFileName().toString().startsWith(others))
                                    .sorted()
                                    .map(Contract::read))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns everything that must not change: topics, keys, and schemas without descriptions and references. */
    static ObjectNode promise(Javadocs docs) {
        Map<String, ObjectNode> schemas = schemas(docs);
        ObjectNode promise = JsonNodeFactory.instance.objectNode();
        for (Topic topic : Topic.values()) {
            ObjectNode promised = promise.putObject(topic.topicName());
            promised.put("key", topic.key());
            if (topic.isInternal()) {
                promised.put("schema", topic.schema());
            }
            ObjectNode events = promised.putObject("events");
            Stream<String> names = eventsOf(topic).stream().map(Contract::nameOf);
            (topic == Topic.REQUESTS ? Stream.concat(names, Stream.of("L2Network")) : names)
                    .forEach(name -> events.set(name, Compatibility.essence(schemas.get(name))));
        }
        return promise;
    }

    static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Class<?>> records(Class<?> family) {
        return List.of(family.getPermittedSubclasses()).stream()
                .<Class<?>>map(type -> type)
                .filter(Class::isRecord)
                .toList();
    }
}
