package io.vlink.events.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.schema.Between;
import io.vlink.events.schema.ExactlyOne;
import io.vlink.events.schema.Known;
import io.vlink.events.schema.MayOmit;
import io.vlink.events.schema.Name;
import io.vlink.events.schema.Principal;
import io.vlink.events.text.Word;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas (2020-12) of records, derived from Java: components, {@link Nullable}, Jackson's annotations, and
 * Javadoc. Each type has its own definition, which others refer to.
 */
final class RecordSchemas {

    /** The keyword for an open list of known words; validators ignore it. */
    static final String KNOWN = "x-extensible-enum";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The purpose of a schema. */
    enum View {
        /** For readers of Vlink's records: every field is present, and more may come. */
        RECORDED(""),
        /** For writers of requests: fields may be left out or written in several ways, and unknown ones are refused. */
        ASKED("Asked");

        private final String prefix;

        View(String prefix) {
            this.prefix = prefix;
        }
    }

    private final Javadocs docs;
    private final String references;
    private final Map<String, ObjectNode> definitions = new TreeMap<>();

    /**
     * Creates an instance without definitions.
     *
     * @param references the prefix of a reference to a definition, such as {@code #/$defs/}
     */
    RecordSchemas(Javadocs docs, String references) {
        this.docs = docs;
        this.references = references;
    }

    /** Returns everything that was referred to so far, by name. */
    Map<String, ObjectNode> definitions() {
        return definitions;
    }

    /** Returns the schema of one event, which is not itself a definition. */
    ObjectNode event(Class<?> event, View view) {
        ObjectNode schema = object(written(event), view);
        schema.put("title", Contract.nameOf(event));
        schema.put("description", description(event));
        if (view == View.ASKED) {
            eitherIdOrName(event, schema);
        }
        return schema;
    }

    private ObjectNode object(Class<?> type, View view) {
        ObjectNode schema = NODES.objectNode();
        schema.put("title", Contract.nameOf(type));
        schema.put("description", description(type));
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        List<String> required = new ArrayList<>();
        discriminator(type).ifPresent(tag -> {
            properties.putObject(tag.property()).put("const", tag.value());
            required.add(tag.property());
        });
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonIgnore.class)) {
                continue;
            }
            properties.set(component.getName(), property(type, component, view));
            boolean absent = component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                    || (view == View.ASKED && component.isAnnotationPresent(MayOmit.class));
            if (!absent) {
                required.add(component.getName());
            }
        }
        ArrayNode list = schema.putArray("required");
        required.forEach(list::add);
        if (view == View.ASKED) {
            schema.put("additionalProperties", false);
        }
        ExactlyOne one = type.getAnnotation(ExactlyOne.class);
        if (one != null) {
            ArrayNode ways = schema.putArray("oneOf");
            Stream.of(one.value())
                    .forEach(name -> ways.addObject().putArray("required").add(name));
        }
        return schema;
    }

    /** Returns the type in Kafka: the type itself, or that of the value that it is written as. */
    static Class<?> written(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(JsonValue.class))
                .findFirst()
                .<Class<?>>map(Method::getReturnType)
                .orElse(type);
    }

    private ObjectNode property(Class<?> type, RecordComponent component, View view) {
        ObjectNode schema =
                quantity(component, view).orElseGet(() -> schema(component.getGenericType(), component, view));
        Optional<String> said = docs.of(type, component.getName());
        if (said.isEmpty() && !refers(schema)) {
            throw new IllegalStateException(
                    "%s.%s has no @param in its Javadoc.".formatted(Contract.nameOf(type), component.getName()));
        }
        String omitted = view == View.ASKED && component.isAnnotationPresent(MayOmit.class)
                ? "; left out: " + component.getAnnotation(MayOmit.class).value()
                : "";
        String more = component.isAnnotationPresent(Known.class) ? meaning(component.getAnnotation(Known.class)) : "";
        String text = said.orElse("") + omitted + more;
        if (!text.isEmpty()) {
            schema.put("description", text.startsWith("; ") ? text.substring(2) : text);
        }
        return schema;
    }

    private static boolean refers(ObjectNode schema) {
        return schema.has("$ref") || schema.path("items").has("$ref");
    }

    private static Optional<ObjectNode> quantity(RecordComponent component, View view) {
        boolean hasUnit =
                component.getName().endsWith("Bits") || component.getName().endsWith("Nanos");
        Between bounds = component.getAnnotation(Between.class);
        return view == View.ASKED && hasUnit && bounds != null
                ? Optional.of(ValueForms.quantity(component.getName(), bounds.min(), bounds.max()))
                : Optional.empty();
    }

    private ObjectNode schema(Type type, RecordComponent component, View view) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            ObjectNode schema = NODES.objectNode().put("type", "array");
            schema.set("items", schema(list.getActualTypeArguments()[0], component, view));
            return schema;
        }
        if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            ObjectNode schema = NODES.objectNode().put("type", "object");
            schema.set("additionalProperties", schema(map.getActualTypeArguments()[1], component, view));
            return schema;
        }
        if (!(type instanceof Class<?> plain)) {
            throw new IllegalStateException("%s has the type %s, which has no schema.".formatted(component, type));
        }
        if (plain == String.class && component.isAnnotationPresent(Known.class)) {
            return open(component.getAnnotation(Known.class));
        }
        if (plain == String.class) {
            return component.isAnnotationPresent(Name.class)
                    ? ValueForms.text(ValueForms.NAME)
                    : component.isAnnotationPresent(Principal.class)
                            ? ValueForms.text(ValueForms.PRINCIPAL)
                            : NODES.objectNode().put("type", "string");
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return NODES.objectNode().put("type", "boolean");
        }
        if (plain == Instant.class) {
            return NODES.objectNode().put("type", "string").put("format", "date-time");
        }
        if (plain == long.class || plain == Long.class || plain == int.class || plain == Integer.class) {
            Between bounds = component.getAnnotation(Between.class);
            return bounds == null
                    ? ValueForms.integer(Long.MIN_VALUE, Long.MAX_VALUE)
                    : ValueForms.integer(bounds.min(), bounds.max());
        }
        return NODES.objectNode().put("$ref", references + define(plain, view));
    }

    /**
     * Returns a schema that lists the known words, for generators and for people. It is not an {@code enum}, since
     * readers must accept others, too.
     */
    private static ObjectNode open(Known known) {
        ObjectNode schema = NODES.objectNode().put("type", "string");
        ArrayNode words = schema.putArray(KNOWN);
        Stream.of(known.value())
                .flatMap(type -> Stream.of(type.getEnumConstants()))
                .map(Word::word)
                .distinct()
                .forEach(words::add);
        return schema;
    }

    /** Returns the meanings of the words of one enumeration; those of several are in {@code docs/reasons.md}. */
    private String meaning(Known known) {
        StringBuilder text = new StringBuilder("; more may come.");
        if (known.value().length > 1) {
            return text.append(" See docs/reasons.md").toString();
        }
        for (Class<? extends Word> type : known.value()) {
            for (Word word : type.getEnumConstants()) {
                docs.of(type, ((Enum<?>) word).name()).ifPresent(said -> text.append(' ')
                        .append(word.word())
                        .append(": ")
                        .append(said));
            }
        }
        return text.toString();
    }

    /** Creates the definition of a type, if it has none yet, and returns its name. */
    private String define(Class<?> type, View view) {
        boolean same = type.isEnum()
                || (ValueForms.of(type).isPresent() && ValueForms.of(type).equals(ValueForms.inRequest(type)));
        String name = (same ? "" : view.prefix) + nameOf(type);
        if (!definitions.containsKey(name)) {
            definitions.put(name, NODES.objectNode()); // for references to it meanwhile
            definitions.put(name, definition(type, view));
        }
        return name;
    }

    private ObjectNode definition(Class<?> type, View view) {
        Optional<ObjectNode> value = view == View.ASKED ? ValueForms.inRequest(type) : ValueForms.of(type);
        if (value.isPresent()) {
            ObjectNode schema = NODES.objectNode().put("description", description(type));
            schema.setAll(value.get());
            return schema;
        }
        if (type.isEnum()) {
            return words(type);
        }
        if (type.isSealed() && type.getPermittedSubclasses().length == 1) {
            return object(type.getPermittedSubclasses()[0], view);
        }
        if (type.isSealed()) {
            ObjectNode schema = NODES.objectNode().put("description", description(type));
            ArrayNode kinds = schema.putArray("oneOf");
            for (Class<?> kind : type.getPermittedSubclasses()) {
                kinds.addObject().put("$ref", references + define(kind, view));
            }
            return schema;
        }
        Class<?> shape = written(type);
        if (!shape.isRecord()) {
            throw new IllegalStateException("%s has no schema; see ValueForms.".formatted(type));
        }
        return object(shape, view);
    }

    private ObjectNode words(Class<?> type) {
        ObjectNode schema = NODES.objectNode().put("type", "string");
        ArrayNode words = schema.putArray("enum");
        StringBuilder text = new StringBuilder(description(type));
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            try {
                JsonProperty word = type.getField(name).getAnnotation(JsonProperty.class);
                words.add(word == null ? name : word.value());
                docs.of(type, name).ifPresent(said -> text.append(" ")
                        .append(word == null ? name : word.value())
                        .append(": ")
                        .append(said));
            } catch (NoSuchFieldException e) {
                throw new IllegalStateException(e);
            }
        }
        return schema.put("description", text.toString());
    }

    /** Allows the id in one field or in several. */
    private static void eitherIdOrName(Class<?> event, ObjectNode schema) {
        Class<?> id = Stream.of(event.getRecordComponents())
                .filter(component -> component.getName().equals("id"))
                .findFirst()
                .<Class<?>>map(RecordComponent::getType)
                .orElseThrow(() -> new IllegalStateException(event + " has no id."));
        List<String> places = Stream.of("overlay", "namespace", "network")
                .limit(partsOf(id) - 1L)
                .toList();
        ObjectNode properties = (ObjectNode) schema.path("properties");
        for (String place : places) {
            properties.set(
                    place,
                    ValueForms.text(ValueForms.NAME)
                            .put(
                                    "description",
                                    "Replaces the first parts of the id, together with name"
                                            + (place.equals("network") ? "." : "; left out: default")));
        }
        properties.set(
                "name", ValueForms.text(ValueForms.NAME).put("description", "Replaces the last part of the id."));
        ArrayNode required = NODES.arrayNode();
        schema.path("required").forEach(field -> {
            if (!field.asText().equals("id")) {
                required.add(field);
            }
        });
        schema.set("required", required);
        ArrayNode ways = schema.putArray("oneOf");
        ObjectNode whole = ways.addObject();
        whole.putArray("required").add("id");
        ObjectNode none = whole.putObject("properties");
        Stream.concat(places.stream(), Stream.of("name")).forEach(field -> none.put(field, false));
        ObjectNode parts = ways.addObject();
        ArrayNode needed = parts.putArray("required").add("name");
        if (places.contains("network")) {
            needed.add("network");
        }
        parts.putObject("properties").put("id", false);
    }

    private static int partsOf(Class<?> id) {
        return id == ResourceId.class ? 2 : id == NetworkId.class ? 3 : id == AttachmentId.class ? 4 : 0;
    }

    private record Tag(String property, String value) {}

    /** Returns the field that distinguishes the records of a sealed interface. */
    private static Optional<Tag> discriminator(Class<?> type) {
        for (Class<?> family : type.getInterfaces()) {
            JsonTypeInfo info = family.getAnnotation(JsonTypeInfo.class);
            JsonSubTypes kinds = family.getAnnotation(JsonSubTypes.class);
            if (info != null && kinds != null) {
                return Stream.of(kinds.value())
                        .filter(kind -> kind.value() == type && info.include() != JsonTypeInfo.As.EXISTING_PROPERTY)
                        .map(kind -> new Tag(info.property(), kind.name()))
                        .findFirst();
            }
        }
        return Optional.empty();
    }

    private String description(Class<?> type) {
        return docs.of(type)
                .orElseThrow(() -> new IllegalStateException("%s has no Javadoc.".formatted(Contract.nameOf(type))));
    }

    private static String nameOf(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return (outer == null ? "" : Contract.nameOf(outer)) + Contract.nameOf(type);
    }
}
