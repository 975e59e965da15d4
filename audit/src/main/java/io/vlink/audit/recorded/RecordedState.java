package io.vlink.audit.recorded;

import io.vlink.events.links.Link;
import io.vlink.events.networks.Network;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.QuarantinedCircuit;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The contents of Kafka: the last record of each key, by key. Removed resources are included as long as their records exist.
 *
 * @param counters only keys
 * @param linkStates only keys
 * @param unreadable topic and key of records that cannot be read as their kind, with the reason
 */
public record RecordedState(
        Map<String, Node> nodes,
        Map<String, Link> links,
        Map<String, Network> networks,
        Map<String, PathDecision> paths,
        Map<String, QuarantinedCircuit> quarantined,
        Map<String, LinkShare> shares,
        Map<String, RuleSet> rules,
        Map<String, RuleState> ruleStates,
        Map<String, NetworkStatus> statuses,
        Map<String, Switch> switches,
        Map<String, Port> ports,
        Set<String> counters,
        Set<String> linkStates,
        List<String> unreadable) {

    public RecordedState {
        nodes = Map.copyOf(nodes);
        links = Map.copyOf(links);
        networks = Map.copyOf(networks);
        paths = Map.copyOf(paths);
        quarantined = Map.copyOf(quarantined);
        shares = Map.copyOf(shares);
        rules = Map.copyOf(rules);
        ruleStates = Map.copyOf(ruleStates);
        statuses = Map.copyOf(statuses);
        switches = Map.copyOf(switches);
        ports = Map.copyOf(ports);
        counters = Set.copyOf(counters);
        linkStates = Set.copyOf(linkStates);
        unreadable = List.copyOf(unreadable);
    }
}
