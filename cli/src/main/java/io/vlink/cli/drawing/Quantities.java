package io.vlink.cli.drawing;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Formats numbers with their units, in short form. */
final class Quantities {

    private static final String[] BITS = {"bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"};
    private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB", "PB"};
    private static final int THREE_DIGITS = 3;

    private Quantities() {}

    /** Returns text such as {@code 20 Mbit/s}; empty if there is no number. */
    static String bits(JsonNode perSecond) {
        return perSecond.isNumber() ? scaled(perSecond.asLong(), BITS) : "";
    }

    static String bytes(JsonNode bytes) {
        return bytes.isNumber() ? scaled(bytes.asLong(), BYTES) : "";
    }

    /** Returns text such as {@code 0.6 ms}; empty if there is no number. */
    static String latency(JsonNode nanos) {
        if (!nanos.isNumber()) {
            return "";
        }
        long value = nanos.asLong();
        return value == 0 || value >= 10_000
                ? rounded(BigDecimal.valueOf(value, 6)) + " ms"
                : rounded(BigDecimal.valueOf(value, 3)) + " us";
    }

    /** Returns text such as {@code 1,064}. */
    static String count(JsonNode number) {
        return number.isNumber() ? String.format(Locale.ROOT, "%,d", number.asLong()) : "";
    }

    /** Returns the age as {@code 12s}, {@code 5m}, {@code 3h} or {@code 4d}; empty if there is no time. */
    static String age(JsonNode moment, Instant now) {
        try {
            Duration age = Duration.between(Instant.parse(moment.asText()), now);
            long seconds = Math.max(0, age.toSeconds());
            if (seconds < 120) {
                return seconds + "s";
            }
            if (seconds < 120 * 60) {
                return seconds / 60 + "m";
            }
            return seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
        } catch (DateTimeParseException e) {
            return "";
        }
    }

    private static String scaled(long value, String[] units) {
        int unit = 0;
        while (unit < units.length - 1 && value >= pow(unit + 1)) {
            unit++;
        }
        return rounded(BigDecimal.valueOf(value, unit * 3)) + " " + units[unit];
    }

    private static long pow(int thousands) {
        return BigDecimal.TEN.pow(3 * thousands).longValueExact();
    }

    private static String rounded(BigDecimal value) {
        int scale = Math.max(0, THREE_DIGITS - (value.precision() - value.scale()));
        BigDecimal shown = value.setScale(Math.min(scale, THREE_DIGITS), RoundingMode.HALF_UP);
        return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }
}
