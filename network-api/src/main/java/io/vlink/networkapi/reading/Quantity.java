package io.vlink.networkapi.reading;

import io.vlink.events.reasons.RequestReason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a number with a unit as users write it: {@code 20000000}, {@code "20M"}, {@code "2e7"}, {@code "20Mbit/s"};
 * {@code 800000}, {@code "8e5"}, {@code "0.8ms"}. The value is a whole number of bit/s or nanoseconds.
 */
final class Quantity {

    static final Quantity BANDWIDTH = new Quantity(
            "bit/s",
            Map.of("", 0, "bit/s", 0, "bits/s", 0, "b/s", 0, "bps", 0, "bit", 0),
            "such as 20000000, \"20M\", \"2e7\" or \"20Mbit/s\"",
            RoundingMode.UNNECESSARY);

    /** The latency that a link has. L2S-M's monitor writes fractions of a nanosecond: the next whole one counts. */
    static final Quantity LATENCY = latency(RoundingMode.CEILING);

    /** The latency that a path may have. Sums of whole nanoseconds exceed a bound if they exceed its whole part. */
    static final Quantity LATENCY_BOUND = latency(RoundingMode.FLOOR);

    private static final Pattern NUMBER =
            Pattern.compile("\\s*([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?)\\s*([^0-9\\s]*)\\s*");
    private static final Map<String, Integer> SI = Map.of("k", 3, "K", 3, "M", 6, "G", 9, "T", 12);
    private static final int LONGEST = 100;

    private final String unit;
    private final Map<String, Integer> units;
    private final String examples;
    private final RoundingMode rounding;

    private Quantity(String unit, Map<String, Integer> units, String examples, RoundingMode rounding) {
        this.unit = unit;
        this.units = units;
        this.examples = examples;
        this.rounding = rounding;
    }

    private static Quantity latency(RoundingMode rounding) {
        return new Quantity(
                "ns",
                Map.of("", 0, "ns", 0, "us", 3, "\u00b5s", 3, "\u03bcs", 3, "ms", 6, "s", 9),
                "such as 800000, \"800k\", \"8e5\" or \"0.8ms\"",
                rounding);
    }

    /** Reads a whole number from {@code min} to {@code max}. */
    @Nullable Long read(@Nullable DocumentField field, long min, long max, Violations problems) {
        if (field == null) {
            return null;
        }
        if (!field.node().isNumber() && !field.node().isTextual()) {
            problems.add(
                    field.path(),
                    RequestReason.WRONG_TYPE,
                    "The value must be a number of %s, %s, not %s.".formatted(unit, examples, Kinds.of(field.node())));
            return null;
        }
        BigDecimal value = number(field.text());
        if (value == null) {
            problems.add(
                    field.path(),
                    RequestReason.NOT_A_NUMBER,
                    "The value (%s) is not a number of %s. Write it %s."
                            .formatted(Fields.shortened(field.text()), unit, examples));
            return null;
        }
        return whole(field, value, min, max, problems);
    }

    private @Nullable Long whole(DocumentField field, BigDecimal value, long min, long max, Violations problems) {
        String written = Fields.shortened(field.text());
        // Compares by magnitude first, to keep 1e999999999 cheap.
        if (value.compareTo(BigDecimal.valueOf(max)) > 0 || value.compareTo(BigDecimal.valueOf(min)) < 0) {
            problems.add(
                    field.path(),
                    RequestReason.OUT_OF_RANGE,
                    "The value (%s) must be between %d and %d %s.".formatted(written, min, max, unit));
            return null;
        }
        if (rounding == RoundingMode.UNNECESSARY
                && value.signum() != 0
                && value.stripTrailingZeros().scale() > 0) {
            problems.add(
                    field.path(),
                    RequestReason.NOT_WHOLE,
                    "The value (%s) must be a whole number of %s.".formatted(written, unit));
            return null;
        }
        if (value.signum() > 0 && value.compareTo(BigDecimal.ONE) < 0) { // rounding 1e-999999999 would take long
            return rounding == RoundingMode.CEILING ? 1L : 0L;
        }
        return value.setScale(0, rounding).longValueExact();
    }

    private @Nullable BigDecimal number(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (text.length() > LONGEST || !matcher.matches()) {
            return null;
        }
        Integer power = powerOf(matcher.group(2));
        return power == null ? null : new BigDecimal(matcher.group(1)).scaleByPowerOfTen(power);
    }

    private @Nullable Integer powerOf(String suffix) {
        Integer plain = units.get(suffix);
        if (plain != null) {
            return plain;
        }
        Integer prefix = SI.get(suffix.substring(0, 1));
        String rest = suffix.substring(1);
        // "k" alone is a thousand of the unit; "Mbit/s" is a prefixed unit; there is no "kms".
        return prefix != null && units.getOrDefault(rest, -1) == 0 ? prefix : null;
    }
}
