package io.vlink.audit.tables;

import io.vlink.events.DatapathId;
import java.util.List;
import java.util.Map;

/**
 * The contents of one switch.
 *
 * @param ports numbers and names
 * @param untold the parts that could not be read, each with the error
 */
public record SwitchTables(
        DatapathId id,
        Map<Long, String> ports,
        List<TableRule> rules,
        List<TableMeter> meters,
        Map<Long, TableGroup> groups,
        List<String> untold) {
    public SwitchTables {
        ports = Map.copyOf(ports);
        rules = List.copyOf(rules);
        meters = List.copyOf(meters);
        groups = Map.copyOf(groups);
        untold = List.copyOf(untold);
    }
}
