package io.vlink.gateway.openflow;

import io.vlink.events.DatapathId;
import java.util.EnumMap;
import java.util.Map;

/**
 * All that stands in one switch, whoever wrote it, as the switch said it: the entries of its multipart replies, one behind
 * the other.
 *
 * @param openflow the version that the bytes are in, such as {@code 1.4}
 * @param entries the bytes, for each kind that the switch told
 * @param errors what it answered instead, in words, for each kind that it did not tell
 */
public record SwitchTables(
        DatapathId datapathId, String openflow, Map<Kind, byte[]> entries, Map<Kind, String> errors) {

    /** What is asked for. */
    public enum Kind {
        PORTS,
        RULES,
        METERS,
        GROUPS
    }

    public SwitchTables {
        entries = Map.copyOf(entries);
        errors = errors.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(errors));
    }
}
