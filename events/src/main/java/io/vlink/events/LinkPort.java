package io.vlink.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.vlink.events.schema.Name;
import io.vlink.events.text.Names;

/**
 * The sending port of an overlay's links on a switch, as the owner of what all links that begin at the port share.
 * Which links are declared there makes no difference. The switch is stated beside it. Printed as {@code overlay/port}.
 */
public record LinkPort(@Name String overlay, PortNumber port) implements Owner {

    public LinkPort {
        Names.require("overlay", overlay);
    }

    /**
     * Reads {@code overlay/port}.
     *
     * @throws IllegalArgumentException naming the text, if it has another form
     */
    @JsonCreator
    public static LinkPort of(String text) {
        int slash = text.indexOf('/');
        String digits = text.substring(slash + 1);
        if (slash < 0 || !digits.matches("[1-9][0-9]{0,9}")) {
            throw new IllegalArgumentException(
                    "The sending port of links (%s) must be an overlay and a port number, such as default/3."
                            .formatted(text));
        }
        return new LinkPort(text.substring(0, slash), PortNumber.of(Long.parseLong(digits)));
    }

    @JsonValue
    @Override
    public String toString() {
        return overlay + "/" + port;
    }
}
