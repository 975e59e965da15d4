package io.vlink.networkapi.http;

import io.vlink.events.text.Unicode;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads single query parameters. */
public final class Query {

    /** Description of the parameter {@code dryRun}. */
    public static final String DRY_RUN = "Answers what would be decided, and records nothing";

    private Query() {}

    /** Returns the value of a boolean parameter; null if absent. */
    public static @Nullable Boolean flag(String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        if (value.equals("true") || value.equals("false")) {
            return Boolean.valueOf(value);
        }
        throw wrong(name, value, "must be true or false");
    }

    /** Returns the constant that a parameter names, ignoring case; null if absent. */
    public static <E extends Enum<E>> @Nullable E constant(String name, @Nullable String value, Class<E> type) {
        if (value == null) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(value)) {
                return constant;
            }
        }
        throw wrong(
                name,
                value,
                "must be one of "
                        + Stream.of(type.getEnumConstants())
                                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")));
    }

    /** Returns whether a value passes a filter; a null filter passes all. */
    public static boolean allows(@Nullable Object wanted, @Nullable Object found) {
        return wanted == null || wanted.equals(found);
    }

    /** Returns the exception for a parameter with a wrong value. */
    public static ProblemException wrong(String name, String value, String right) {
        return new ProblemException(
                Problem.ProblemType.BAD_REQUEST,
                "Query parameter %s (%s) %s."
                        .formatted(name, value.length() <= 80 ? value : Unicode.beginning(value, 77) + "...", right));
    }
}
