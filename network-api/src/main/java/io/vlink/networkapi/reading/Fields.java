package io.vlink.networkapi.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.Recent;
import io.vlink.events.reasons.RequestReason;
import io.vlink.events.text.Names;
import io.vlink.events.text.Unicode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One object of a document, read field by field. {@link #close} refuses all fields that were not read. Field names may
 * begin with a capital letter. Methods report errors to the {@link Violations} of the document and return null.
 */
final class Fields {

    private static final Recent<String, String> CAPITALS = new Recent<>(256, Fields::capitalised);

    private final ObjectNode object;
    private final String path;
    private final Violations problems;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> taken = new LinkedHashSet<>();

    Fields(ObjectNode object, String path, Violations problems) {
        this.object = object;
        this.path = path;
        this.problems = problems;
    }

    static @Nullable Fields of(@Nullable DocumentField field, Violations problems) {
        if (field == null) {
            return null;
        }
        if (field.node() instanceof ObjectNode object) {
            return new Fields(object, field.path(), problems);
        }
        problems.add(
                field.path(),
                RequestReason.WRONG_TYPE,
                "The value must be an object, not %s.".formatted(Kinds.of(field.node())));
        return null;
    }

    String path() {
        return path;
    }

    String path(String name) {
        return DocumentField.member(path, name);
    }

    Violations problems() {
        return problems;
    }

    boolean has(String name) {
        return object.hasNonNull(name) || object.hasNonNull(capital(name));
    }

    /** Reads a field under any of its names; null counts as absent. */
    @Nullable DocumentField take(String... names) {
        DocumentField found = null;
        for (String name : names) {
            known.add(name);
            for (String spelling : List.of(name, capital(name))) {
                JsonNode node = object.get(spelling);
                if (node == null) {
                    continue;
                }
                taken.add(spelling);
                if (node.isNull()) {
                    continue;
                }
                if (found != null) {
                    problems.add(
                            path(spelling),
                            RequestReason.DUPLICATE,
                            "The field %s means the same as %s. Give only one of them."
                                    .formatted(spelling, found.path()));
                } else {
                    found = new DocumentField(path(spelling), node);
                }
            }
        }
        return found;
    }

    /** Reads a required field. */
    @Nullable DocumentField require(String... names) {
        DocumentField field = take(names);
        if (field == null) {
            problems.add(path(names[0]), RequestReason.MISSING, "The field %s is required.".formatted(names[0]));
        }
        return field;
    }

    /** Returns a text or a number as text. */
    @Nullable String text(@Nullable DocumentField field) {
        if (field == null) {
            return null;
        }
        if (field.node().isTextual()) {
            return wellFormed(field);
        }
        if (field.node().isNumber()) {
            return field.text();
        }
        problems.add(
                field.path(),
                RequestReason.WRONG_TYPE,
                "The value must be text, not %s.".formatted(Kinds.of(field.node())));
        return null;
    }

    private @Nullable String wellFormed(DocumentField field) {
        String text = field.text();
        int lone = Unicode.loneSurrogate(text);
        if (lone < 0) {
            return text;
        }
        problems.add(
                field.path(),
                RequestReason.INVALID_TEXT,
                "The text has half of a surrogate pair (U+%04X) after %d characters, which is not a character. Write the whole pair, or leave it out."
                        .formatted((int) text.charAt(lone), text.codePointCount(0, lone)));
        return null;
    }

    /** Returns a text that must be a valid name. */
    @Nullable String name(String what, @Nullable DocumentField field) {
        String text = text(field);
        if (text == null || field == null) {
            return null;
        }
        if (Names.isName(text)) {
            return text;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        String hint = Names.isName(lower) ? " Did you mean %s?".formatted(lower) : "";
        problems.add(
                field.path(),
                RequestReason.INVALID_NAME,
                "The %s (%s) must be 1 to 253 lower-case letters, digits, '-' or '.', beginning and ending with a letter or digit.%s"
                        .formatted(what, shortened(text), hint));
        return null;
    }

    /** Reads a boolean field; absent means false. */
    boolean flag(String name) {
        DocumentField field = take(name);
        if (field == null) {
            return false;
        }
        if (field.node().isBoolean()
                || (field.node().isTextual() && field.text().matches("true|false"))) {
            return field.node().asBoolean();
        }
        problems.add(
                field.path(),
                RequestReason.WRONG_TYPE,
                "The value must be true or false, not %s.".formatted(Kinds.of(field.node())));
        return false;
    }

    @Nullable Fields object(String... names) {
        return of(take(names), problems);
    }

    @Nullable Fields requireObject(String... names) {
        return of(require(names), problems);
    }

    /** Returns the elements of a list. Null elements are kept; the reader of the elements refuses them. */
    @Nullable List<DocumentField> list(@Nullable DocumentField field) {
        if (field == null) {
            return null;
        }
        if (!field.node().isArray()) {
            problems.add(
                    field.path(),
                    RequestReason.WRONG_TYPE,
                    "The value must be a list, not %s.".formatted(Kinds.of(field.node())));
            return null;
        }
        List<DocumentField> elements = new ArrayList<>();
        for (int i = 0; i < field.node().size(); i++) {
            elements.add(field.element(i));
        }
        return elements;
    }

    /** Refuses a field that is known but not supported here. */
    void refuse(String name, String message) {
        refuse(name, written -> message);
    }

    /** Refuses a field that is known but not supported here. Returns it if it is written. */
    Optional<JsonNode> refuse(String name, Function<JsonNode, String> message) {
        return refuseIf(name, written -> true, message);
    }

    /** Refuses a field whose value has a form that is known but not supported here. Returns it if it has that form. */
    Optional<JsonNode> refuseIf(String name, Predicate<JsonNode> form, Function<JsonNode, String> message) {
        JsonNode written = object.hasNonNull(name) ? object.get(name) : object.path(capital(name));
        if (written.isMissingNode() || written.isNull() || !form.test(written)) {
            return Optional.empty();
        }
        boolean wasKnown = known.contains(name);
        DocumentField field = take(name);
        if (!wasKnown) {
            known.remove(name);
        }
        if (field != null) {
            problems.add(field.path(), RequestReason.NOT_SUPPORTED, message.apply(written));
        }
        return Optional.of(written);
    }

    /** Ignores fields that this service shows or that Kubernetes adds. */
    void pass(String... names) {
        for (String name : names) {
            taken.add(name);
        }
    }

    /** Refuses all fields that were not read. */
    void close() {
        for (Iterator<String> names = object.fieldNames(); names.hasNext() && !problems.full(); ) {
            String name = names.next();
            if (!taken.contains(name)) {
                String closest = Spelling.closest(name, known);
                problems.add(
                        path(name),
                        RequestReason.UNKNOWN_FIELD,
                        "The field %s is not known. Known here: %s.%s"
                                .formatted(
                                        shortened(name),
                                        known.stream().collect(Collectors.joining(", ")),
                                        closest == null ? "" : " Did you mean %s?".formatted(closest)));
            }
        }
    }

    static String shortened(String text) {
        return text.length() <= 80 ? text : Unicode.beginning(text, 77) + "...";
    }

    private static String capital(String name) {
        return CAPITALS.of(name);
    }

    private static String capitalised(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
