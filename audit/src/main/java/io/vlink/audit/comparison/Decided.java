package io.vlink.audit.comparison;

import static io.vlink.audit.differences.Difference.DifferenceType.NOT_AS_DECIDED;

import io.vlink.audit.differences.Difference;
import io.vlink.audit.isolation.Way;
import io.vlink.audit.recorded.RecordedState;
import io.vlink.audit.tables.DisplayNames;
import io.vlink.audit.tables.TableMeter;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.networks.Network;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks that everything declared was decided, and that the rule set of each switch matches the decision. */
final class Decided {

    private final RecordedState recorded;
    private final DisplayNames names;
    private final List<Difference> found = new ArrayList<>();
    private final Map<Owner, Map<DatapathId, Set<String>>> wanted = new HashMap<>();

    private Decided(RecordedState recorded, DisplayNames names) {
        this.recorded = recorded;
        this.names = names;
        for (RuleSet set : recorded.rules().values()) {
            Set<String> words = new HashSet<>();
            set.rules().forEach(rule -> words.add(Rules.whereItIsToGo(rule).text()));
            set.meters().forEach(meter -> words.add(text(meter)));
            set.groups().forEach(group -> words.add(Rules.of(group).text()));
            wanted.computeIfAbsent(set.owner(), first -> new HashMap<>()).put(set.datapathId(), words);
        }
    }

    static List<Difference> differences(RecordedState recorded, DisplayNames names) {
        Decided decided = new Decided(recorded, names);
        recorded.networks().values().forEach(decided::network);
        recorded.paths().values().forEach(decided::decision);
        return decided.found;
    }

    private void network(Network network) {
        PathDecision decision = recorded.paths().get(network.id().toString());
        long decided = decision == null ? 0 : decision.revision().generation();
        if (decided < network.generation() && !(network.withdrawn() && decision == null)) {
            found.add(new Difference(
                    NOT_AS_DECIDED,
                    null,
                    network.id(),
                    "Generation %d is %s, but path-service has decided %s."
                            .formatted(
                                    network.generation(),
                                    network.withdrawn() ? "a removal" : "declared",
                                    decision == null ? "nothing" : "generation " + decided)));
        }
    }

    private void decision(PathDecision decision) {
        if (!recorded.networks().containsKey(decision.id().toString()) && decision.outcome() != Outcome.WITHDRAWN) {
            found.add(new Difference(
                    NOT_AS_DECIDED, null, decision.id(), "path-service holds a path for it, but it is not declared."));
        }
        Map<DatapathId, Set<String>> must = new HashMap<>();
        Circuit current = decision.current();
        if (current != null && current.installable()) {
            compile(decision.id(), current, must, true);
        }
        Map<DatapathId, Set<String>> may = new HashMap<>();
        for (CircuitRemoval removal : decision.retiring()) {
            compile(decision.id(), removal.circuit(), may, true);
            compile(decision.id(), removal.circuit(), may, false);
        }
        Map<DatapathId, Set<String>> is = wanted.getOrDefault(decision.id(), Map.of());
        Set<DatapathId> all = new TreeSet<>(must.keySet());
        all.addAll(is.keySet());
        for (DatapathId id : all) {
            compare(
                    decision,
                    id,
                    must.getOrDefault(id, Set.of()),
                    may.getOrDefault(id, Set.of()),
                    is.getOrDefault(id, Set.of()));
        }
    }

    private void compare(PathDecision decision, DatapathId id, Set<String> must, Set<String> may, Set<String> is) {
        for (String rule : is) {
            if (!must.contains(rule) && !may.contains(rule)) {
                say(decision, id, "contains %s, which the path does not need".formatted(rule));
            }
        }
        if (!decision.retiring().stream().allMatch(CircuitRemoval::keepsFormerRate)) {
            return; // one path replaces the other step by step
        }
        for (String rule : must) {
            if (!is.contains(rule)) {
                say(decision, id, "lacks %s, which the path needs".formatted(rule));
            }
        }
    }

    private void say(PathDecision decision, DatapathId id, String what) {
        found.add(new Difference(
                NOT_AS_DECIDED, id, decision.id(), "The rule set for %s %s.".formatted(names.of(id), what)));
    }

    /** @param shared whether best effort uses the meters of links */
    private void compile(NetworkId network, Circuit circuit, Map<DatapathId, Set<String>> into, boolean shared) {
        for (Direction direction : Direction.values()) {
            Meter meter = Rules.meter(circuit, direction);
            for (Way.Stage stage : Way.crossings(circuit, direction)) {
                Integer number = shared ? linkMeter(network, circuit, direction, stage) : null;
                Set<String> here = into.computeIfAbsent(stage.datapathId(), first -> new HashSet<>());
                if (meter != null && stage.inLabel() == null) {
                    number = meter.number();
                    here.add(text(meter));
                }
                here.add(Rules.of(circuit, direction, stage, number).text());
            }
        }
    }

    /**
     * The meter that best effort shares where it leaves over links; null: it shares none, or the switch rejected the
     * meter. The record of a switch that is not asked does not show whether the switch would reject the meter;
     * flow-service knows, so its rule set decides then.
     */
    private @Nullable Integer linkMeter(NetworkId network, Circuit circuit, Direction direction, Way.Stage stage) {
        if (circuit.route(direction).bandwidthBits() != null || stage.outLabel() == null) {
            return null;
        }
        LinkShare.ShareKey key = new LinkShare.ShareKey(network.overlay(), stage.datapathId(), stage.outPort());
        RuleState said = recorded.ruleStates().get(key.link() + "/" + key.datapathId());
        boolean unasked = said != null && !said.applied() && !said.isRefusedBySwitch();
        boolean refused = unasked
                ? wants(
                        network,
                        stage.datapathId(),
                        Rules.of(circuit, direction, stage, null).text())
                : said != null && said.refusesWhatIsWanted();
        return recorded.shares().containsKey(key.toString()) && !refused ? Rules.linkMeter(stage.outPort()) : null;
    }

    private boolean wants(NetworkId network, DatapathId id, String rule) {
        return wanted.getOrDefault(network, Map.of()).getOrDefault(id, Set.of()).contains(rule);
    }

    static String text(Meter meter) {
        return "meter=%d %s".formatted(meter.number(), TableMeter.settings(meter));
    }
}
