package io.vlink.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The number of a port on a switch, 1 to {@value #MAX} (OFPP_MAX; OpenFlow 1.4.1 §7.2.1). */
public record PortNumber(long value) implements Comparable<PortNumber> {

    public static final long MAX = 0xffffff00L;

    public PortNumber {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException("The port number (%d) must be between 1 and %d.".formatted(value, MAX));
        }
    }

    @JsonCreator
    public static PortNumber of(long value) {
        return new PortNumber(value);
    }

    @JsonValue
    @Override
    public long value() {
        return value;
    }

    @Override
    public int compareTo(PortNumber other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
