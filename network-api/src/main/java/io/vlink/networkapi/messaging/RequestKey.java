package io.vlink.networkapi.messaging;

import io.vlink.events.reasons.RequestReason;
import io.vlink.events.reasons.Violation;
import io.vlink.events.text.Unicode;
import org.jspecify.annotations.Nullable;

/**
 * The key of a record of {@code vlink.requests}. Producers may choose it freely, since the body counts. But a key that
 * names another subject than the body is a contradiction, and there is no telling which one is right.
 */
final class RequestKey {

    private static final int MAX_KEY = 1_024;

    private RequestKey() {}

    /** Returns a violation if the key names another subject of the same kind; null if it does not. */
    static @Nullable Violation mismatch(@Nullable String key, @Nullable String subject) {
        if (key == null || subject == null || key.equals(subject) || parts(key) != parts(subject)) {
            return null;
        }
        return new Violation(
                "$",
                RequestReason.KEY_MISMATCH,
                "The record's key (%s) does not match the subject of the request (%s). Use the subject as key, or no key."
                        .formatted(shortened(key), subject));
    }

    static String shortened(@Nullable String key) {
        if (key == null) {
            return "";
        }
        return Unicode.beginning(key, MAX_KEY);
    }

    private static long parts(String key) {
        return key.chars().filter(c -> c == '/').count();
    }
}
