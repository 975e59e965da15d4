package io.vlink.audit.isolation;

import io.vlink.audit.tables.FlowMatch;
import io.vlink.audit.tables.TableRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of one table by port and label. A frame is compared with the few that could match it, not with those of thousands
 * of other networks.
 */
final class TableIndex {

    private static final Comparator<TableRule> HIGHEST_FIRST =
            Comparator.comparingInt(TableRule::priority).reversed();

    /** Rules for one port. */
    private static final class PortRules {
        private final Map<Integer, List<TableRule>> byVlan = new HashMap<>();
        private final Map<Long, List<TableRule>> byTunnel = new HashMap<>();
        private final List<TableRule> rest = new ArrayList<>();

        void add(TableRule rule) {
            FlowMatch match = rule.match();
            Integer vlan = match.vlanId();
            Long tunnel = match.tunnelId();
            if (vlan != null) {
                byVlan.computeIfAbsent(vlan, first -> new ArrayList<>()).add(rule);
            } else if (tunnel != null) {
                byTunnel.computeIfAbsent(tunnel, first -> new ArrayList<>()).add(rule);
            } else {
                rest.add(rule);
            }
        }

        void candidates(Frame frame, List<TableRule> into) {
            Integer vlan = frame.outermost().single();
            Long tunnel = frame.tunnel().single();
            into.addAll(rest);
            if (vlan == null) {
                byVlan.values().forEach(into::addAll);
            } else {
                into.addAll(byVlan.getOrDefault(vlan, List.of()));
            }
            if (tunnel == null) {
                byTunnel.values().forEach(into::addAll);
            } else {
                into.addAll(byTunnel.getOrDefault(tunnel, List.of()));
            }
        }
    }

    private final Map<Long, PortRules> ports = new HashMap<>();
    private final PortRules everyPort = new PortRules();

    void add(TableRule rule) {
        Long port = rule.match().inPort();
        (port == null ? everyPort : ports.computeIfAbsent(port, first -> new PortRules())).add(rule);
    }

    /** Returns the rules that may match a frame, the highest priority first. */
    List<TableRule> candidates(long inPort, Frame frame) {
        List<TableRule> candidates = new ArrayList<>();
        everyPort.candidates(frame, candidates);
        PortRules here = ports.get(inPort);
        if (here != null) {
            here.candidates(frame, candidates);
        }
        candidates.sort(HIGHEST_FIRST);
        return candidates;
    }
}
