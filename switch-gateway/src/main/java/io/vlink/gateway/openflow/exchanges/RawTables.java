package io.vlink.gateway.openflow.exchanges;

import io.vlink.events.DatapathId;
import java.util.EnumMap;
import java.util.Map;

/**
 * All tables of one switch, with entries of every origin, as the switch sent them: the concatenated entries of its multipart
 * replies.
 *
 * @param openflow the OpenFlow version of the bytes, such as {@code 1.4}
 * @param entries the bytes, for each kind that the switch sent
 * @param errors the switch's errors in words, for each kind that it did not send
 */
public record RawTables(DatapathId datapathId, String openflow, Map<Part, byte[]> entries, Map<Part, String> errors) {

    /** The kinds of entries that are read. */
    public enum Part {
        PORTS,
        RULES,
        METERS,
        GROUPS
    }

    public RawTables {
        entries = Map.copyOf(entries);
        errors = errors.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(errors));
    }
}
