package io.vlink.audit.tables;

import io.vlink.events.DatapathId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of switches and ports in messages. */
public record DisplayNames(Map<DatapathId, String> nodes, Map<DatapathId, SwitchTables> tables) {

    public DisplayNames {
        nodes = Map.copyOf(nodes);
        tables = Map.copyOf(tables);
    }

    /** Returns the name of a switch: its id, and its node if one is declared. */
    public String of(DatapathId id) {
        String node = nodes.get(id);
        return node == null ? id.toString() : "%s (%s)".formatted(node, id);
    }

    /** Returns the name of a switch's port: its number, and its name if the switch reports one. */
    public String of(DatapathId id, long port) {
        SwitchTables contents = tables.get(id);
        @Nullable String name = contents == null ? null : contents.ports().get(port);
        String number = Reserved.is(port) ? Reserved.text(port) : Long.toString(port);
        return "port %s of %s".formatted(name == null ? number : "%s (%s)".formatted(name, number), of(id));
    }
}
