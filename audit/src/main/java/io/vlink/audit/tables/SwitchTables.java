package io.vlink.audit.tables;

import io.vlink.events.DatapathId;
import java.util.List;
import java.util.Map;

/**
 * All that stands in one switch.
 *
 * @param ports numbers and names
 * @param untold what the switch did not tell, and its words for that
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
