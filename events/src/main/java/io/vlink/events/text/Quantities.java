package io.vlink.events.text;

import java.math.BigDecimal;

/** Writes rates and latencies for people, exactly: a message that compares two numbers must not round them to the same. */
public final class Quantities {

    private static final String[] PREFIXES = {"", "k", "M", "G", "T"};
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final int NANOS_TO_MILLIS = 6;

    private Quantities() {}

    /** Returns a rate such as {@code 20 Mbit/s}. */
    public static String rate(long bitsPerSecond) {
        BigDecimal value = BigDecimal.valueOf(bitsPerSecond);
        int prefix = 0;
        while (prefix < PREFIXES.length - 1 && value.compareTo(THOUSAND) >= 0) {
            value = value.movePointLeft(3);
            prefix++;
        }
        return "%s %sbit/s".formatted(plain(value), PREFIXES[prefix]);
    }

    /** Returns a latency such as {@code 0.6 ms}. */
    public static String latency(long nanos) {
        return plain(BigDecimal.valueOf(nanos, NANOS_TO_MILLIS)) + " ms";
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
