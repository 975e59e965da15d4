package io.vlink.networkapi.http;

import io.vlink.networkapi.reading.Documents.Syntax;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one call. A copy: it may be read after the call's thread has moved on.
 *
 * @param syntax syntax of the body
 * @param yaml whether YAML is preferred for the answer
 * @param ifMatch as sent
 * @param ifNoneMatch as sent
 * @param caller name of the caller; null if unknown
 * @param patience how long the caller waits for more than "recorded"; at most {@link #LONGEST_WAIT}
 */
public record Call(
        Syntax syntax,
        boolean yaml,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch,
        @Nullable String caller,
        Optional<Duration> patience) {

    public static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final BigInteger LONGEST_SECONDS = BigInteger.valueOf(LONGEST_WAIT.toSeconds());

    public static Syntax syntax(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).contains("yaml") ? Syntax.YAML : Syntax.JSON;
    }

    /**
     * Reads the preference {@code wait} (RFC 7240 §4.3). Ignores preferences that it cannot honour, as the RFC
     * requires.
     */
    public static Optional<Duration> patience(Iterable<String> prefer) {
        for (String header : prefer) {
            for (String preference : header.split("[,;]", -1)) {
                String[] parts = preference.strip().split("\\s*=\\s*", 2);
                if (parts.length == 2 && parts[0].equalsIgnoreCase("wait") && parts[1].matches("\"?[0-9]+\"?")) {
                    BigInteger seconds = new BigInteger(parts[1].replace("\"", ""));
                    return seconds.signum() == 0
                            ? Optional.empty()
                            : Optional.of(Duration.ofSeconds(
                                    seconds.min(LONGEST_SECONDS).longValue()));
                }
            }
        }
        return Optional.empty();
    }
}
