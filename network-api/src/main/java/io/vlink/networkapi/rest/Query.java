package io.vlink.networkapi.rest;

import io.vlink.events.Unicode;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads single parameters of a query. */
public final class Query {

    /** Of the parameter {@code dryRun}. */
    public static final String DRY_RUN = "Answers what would be decided, and records nothing";

    private Query() {}

    /** True or false; absent where it is not given. */
    public static @Nullable Boolean flag(String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        if (value.equals("true") || value.equals("false")) {
            return Boolean.valueOf(value);
        }
        throw wrong(name, value, "must be true or false");
    }

    /** One of the constants, whatever its capitals; absent where it is not given. */
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

    /** Whether what is wanted, if anything is, is so. */
    public static boolean allows(@Nullable Object wanted, @Nullable Object found) {
        return wanted == null || wanted.equals(found);
    }

    /** Ends the call: {@code value} cannot be meant. */
    public static ProblemException wrong(String name, String value, String right) {
        return new ProblemException(
                Problem.Kind.BAD_REQUEST,
                "The query: %s (%s) %s."
                        .formatted(name, value.length() <= 80 ? value : Unicode.beginning(value, 77) + "...", right));
    }
}
