package io.vlink.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;

/** The 64-bit id of one OpenFlow datapath (OpenFlow 1.4.1 §7.3.1), printed as 16 hex digits. */
public record DatapathId(long value) implements Comparable<DatapathId> {

    private static final Recent<String, DatapathId> READ = new Recent<>(1024, DatapathId::parse);

    /**
     * Reads 1 to 16 hex digits, with or without {@code 0x} or ONOS' {@code of:}, or eight colon-separated bytes.
     *
     * @throws IllegalArgumentException naming the text, if it has none of these forms
     */
    @JsonCreator
    public static DatapathId of(String text) {
        return READ.of(text);
    }

    private static DatapathId parse(String text) {
        String digits = text.startsWith("0x")
                ? text.substring(2)
                : text.startsWith("of:") ? text.substring(3) : text.replace(":", "");
        if (digits.isEmpty() || digits.length() > 16 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException(
                    "The datapath id (%s) must be 1 to 16 hex digits, such as 000000000000000a.".formatted(text));
        }
        return new DatapathId(Long.parseUnsignedLong(digits, 16));
    }

    @JsonValue
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }

    @Override
    public int compareTo(DatapathId other) {
        return Long.compareUnsigned(value, other.value);
    }
}
