package io.vlink.flow.status;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Formats quantities for people. */
final class Quantities {

    private static final String[] PREFIXES = {"", "k", "M", "G", "T"};

    private Quantities() {}

    /** Formats a rate, such as {@code 20 Mbit/s}; {@code best effort} if nothing is reserved. */
    static String rate(@Nullable Long bitsPerSecond) {
        if (bitsPerSecond == null) {
            return "best effort";
        }
        BigDecimal value = BigDecimal.valueOf(bitsPerSecond);
        int prefix = 0;
        while (prefix < PREFIXES.length - 1 && value.compareTo(BigDecimal.valueOf(1000)) >= 0) {
            value = value.movePointLeft(3);
            prefix++;
        }
        return plain(value) + " " + PREFIXES[prefix] + "bit/s";
    }

    /** Formats a latency, such as {@code 0.6 ms}. */
    static String latency(long nanos) {
        return plain(BigDecimal.valueOf(nanos, 6).setScale(3, RoundingMode.HALF_UP)) + " ms";
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
