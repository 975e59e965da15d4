package io.vlink.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One port of one switch, printed as {@code 000000000000000a/3}. */
public record SwitchPort(DatapathId datapathId, PortNumber port) {

    @JsonCreator
    public static SwitchPort of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "The switch port (%s) must be a datapath id and a port number, such as 000000000000000a/3."
                            .formatted(text));
        }
        return new SwitchPort(
                DatapathId.of(text.substring(0, slash)), PortNumber.of(Long.parseLong(text.substring(slash + 1))));
    }

    @JsonValue
    @Override
    public String toString() {
        return datapathId + "/" + port;
    }
}
