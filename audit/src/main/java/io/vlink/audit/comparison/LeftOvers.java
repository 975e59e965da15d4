package io.vlink.audit.comparison;

import static io.vlink.audit.differences.Difference.DifferenceType.LEFT_OVER;

import io.vlink.audit.differences.Difference;
import io.vlink.audit.recorded.RecordedState;
import io.vlink.events.DatapathId;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.statuses.NetworkStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds records of things that no longer exist. */
final class LeftOvers {

    private final RecordedState recorded;
    private final List<Difference> found = new ArrayList<>();

    private LeftOvers(RecordedState recorded) {
        this.recorded = recorded;
    }

    static List<Difference> of(RecordedState recorded) {
        LeftOvers leftOvers = new LeftOvers(recorded);
        leftOvers.ofNetworks();
        leftOvers.ofSwitches();
        leftOvers.ofLinks();
        recorded.unreadable()
                .forEach(words ->
                        leftOvers.found.add(new Difference(Difference.DifferenceType.UNREADABLE, null, null, words)));
        return leftOvers.found;
    }

    private void ofNetworks() {
        for (RuleSet set : recorded.rules().values()) {
            switch (set.owner()) {
                case NetworkId network -> {
                    if (!recorded.paths().containsKey(network.toString())) {
                        say(
                                set.datapathId(),
                                network,
                                "A rule set (vlink.rules) exists for a network without a decision.");
                    }
                }
                case LinkPort link -> {
                    if (!isShared(set.datapathId(), link)) {
                        say(
                                set.datapathId(),
                                link,
                                "A rule set (vlink.rules) exists for a port by which no best effort leaves.");
                    }
                }
            }
        }
        for (RuleState state : recorded.ruleStates().values()) {
            if (!recorded.rules().containsKey(state.datapathId() + "/" + state.owner())) {
                say(state.datapathId(), state.owner(), "A confirmation (vlink.rule-states) exists without a rule set.");
            }
        }
        for (String key : recorded.counters()) {
            if (!recorded.rules().containsKey(key)) {
                say(null, null, "Counters (vlink.counters) %s exist without a rule set.".formatted(key));
            }
        }
        for (NetworkStatus status : recorded.statuses().values()) {
            if (!recorded.paths().containsKey(status.id().toString())) {
                say(null, status.id(), "A status (vlink.statuses) exists for a network without a decision.");
            }
        }
    }

    private boolean isShared(DatapathId datapathId, LinkPort link) {
        return recorded.shares()
                .containsKey(new LinkShare.ShareKey(link.overlay(), datapathId, link.port()).toString());
    }

    private void ofSwitches() {
        Set<DatapathId> without = new HashSet<>();
        recorded.ports().values().forEach(port -> {
            DatapathId id = port.id().datapathId();
            if (!recorded.switches().containsKey(id.toString()) && without.add(id)) {
                say(id, null, "Ports (vlink.ports) exist for a switch without a record.");
            }
        });
    }

    private void ofLinks() {
        for (String link : recorded.linkStates()) {
            if (!recorded.links().containsKey(link)) {
                say(
                        null,
                        null,
                        "A state (vlink.link-states) exists for link %s, which is not declared.".formatted(link));
            }
        }
    }

    private void say(@Nullable DatapathId datapathId, @Nullable Owner owner, String words) {
        found.add(new Difference(LEFT_OVER, datapathId, owner, words));
    }
}
