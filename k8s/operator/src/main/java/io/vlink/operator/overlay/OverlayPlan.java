package io.vlink.operator.overlay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.reasons.RequestReason;
import io.vlink.events.requests.Answer;
import io.vlink.operator.request.OperatorRequest;
import io.vlink.operator.request.PendingRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The next step for the nodes and links of one overlay. As with networks, a name is claimed in the status before
 * anything is requested, and only if nothing of that name is recorded. Pure.
 *
 * @param ownedNodes names to show as owned
 * @param ownedLinks names to show as owned
 * @param requests the requests to send, in this order
 * @param taken names that are recorded by another owner
 * @param refusals sentences about refused requests
 * @param inUse sentences about nodes and links that were edited or withdrawn while networks cross them
 * @param open number of missing answers, and of answers whose record has not been read yet
 */
record OverlayPlan(
        List<String> ownedNodes,
        List<String> ownedLinks,
        List<OperatorRequest> requests,
        List<String> taken,
        List<String> refusals,
        List<String> inUse,
        int open) {

    /** Time that an edit of something in use is reported. */
    private static final Duration TOLD = Duration.ofMinutes(10);

    /** The known state outside the resource. */
    interface TopologyFacts {
        /** Returns the generation of the record of that kind and id; null if there is none. */
        @Nullable Long recorded(OperatorRequest about);

        /** Returns whether the record of that kind and id is withdrawn but still in use. */
        boolean beingRemoved(OperatorRequest about);

        /** Returns the last request of this process about it. */
        @Nullable PendingRequest asked(OperatorRequest about);
    }

    /** Returns whether the overlay owns nothing any more. */
    boolean isEmpty() {
        return ownedNodes.isEmpty() && ownedLinks.isEmpty();
    }

    static OverlayPlan of(
            String overlay,
            WantedTopology wanted,
            List<String> ownedNodes,
            List<String> ownedLinks,
            TopologyFacts known,
            Duration patience,
            Instant now) {
        ResourceGroup nodes = new ResourceGroup(
                overlay,
                OperatorRequest.Verb.DECLARE_NODE,
                OperatorRequest.Verb.WITHDRAW_NODE,
                wanted.nodes(),
                ownedNodes,
                known,
                patience,
                now);
        ResourceGroup links = new ResourceGroup(
                overlay,
                OperatorRequest.Verb.DECLARE_LINK,
                OperatorRequest.Verb.WITHDRAW_LINK,
                wanted.links(),
                ownedLinks,
                known,
                patience,
                now);
        // A link cannot exist without its nodes, and a port carries one link in each direction.
        List<OperatorRequest> requests = new ArrayList<>(links.removals());
        requests.addAll(nodes.declarations());
        requests.addAll(links.declarations());
        List<OperatorRequest> nodeRemovals = nodes.removals();
        if (links.beingRemoved == 0) {
            requests.addAll(nodeRemovals);
        }
        nodes.taken.addAll(links.taken);
        nodes.refusals.addAll(links.refusals);
        nodes.inUse.addAll(links.inUse);
        return new OverlayPlan(
                List.copyOf(nodes.owned),
                List.copyOf(links.owned),
                requests,
                nodes.taken,
                nodes.refusals,
                nodes.inUse,
                nodes.open + links.open);
    }

    /** Nodes, or links. */
    private static final class ResourceGroup {

        private final String overlay;
        private final OperatorRequest.Verb declare;
        private final OperatorRequest.Verb withdraw;
        private final Map<String, ObjectNode> wanted;
        private final List<String> before;
        private final TopologyFacts known;
        private final Duration patience;
        private final Instant now;
        private final TreeSet<String> owned = new TreeSet<>();
        private final List<String> taken = new ArrayList<>();
        private final List<String> refusals = new ArrayList<>();
        private final List<String> inUse = new ArrayList<>();
        private int open;
        private int beingRemoved;

        ResourceGroup(
                String overlay,
                OperatorRequest.Verb declare,
                OperatorRequest.Verb withdraw,
                Map<String, ObjectNode> wanted,
                List<String> before,
                TopologyFacts known,
                Duration patience,
                Instant now) {
            this.overlay = overlay;
            this.declare = declare;
            this.withdraw = withdraw;
            this.wanted = wanted;
            this.before = before;
            this.known = known;
            this.patience = patience;
            this.now = now;
        }

        List<OperatorRequest> declarations() {
            List<OperatorRequest> requests = new ArrayList<>();
            wanted.forEach((name, spec) -> {
                OperatorRequest request = OperatorRequest.declare(declare, overlay + "/" + name, null, spec);
                Long recorded = known.recorded(request);
                if (!before.contains(name)) {
                    if (recorded == null) {
                        owned.add(name);
                        open++;
                    } else {
                        taken.add(name);
                    }
                    return;
                }
                owned.add(name);
                PendingRequest asked = known.asked(request);
                Answer answer = asked == null || !asked.request().sameAs(request) ? null : asked.answer();
                boolean settled = asked != null && asked.settles(request, patience, now);
                switch (answer) {
                    case null -> open++;
                    case Answer.Refused refused -> {
                        refused.violations()
                                .forEach(violation -> refusals.add("%s: %s".formatted(name, violation.message())));
                        // The missing prerequisite may exist by now.
                        settled = asked != null && now.isBefore(asked.at().plus(patience));
                    }
                    case Answer.Recorded heard -> {
                        settled = recorded == null
                                ? asked != null && now.isBefore(asked.at().plus(patience))
                                : recorded <= heard.generation();
                        if (recorded == null || recorded < heard.generation()) {
                            open++; // what is known of it is still of the earlier declaration
                        }
                        if (asked != null && now.isBefore(asked.at().plus(TOLD))) {
                            warn(heard);
                        }
                    }
                }
                if (!settled) {
                    requests.add(request);
                }
            });
            return requests;
        }

        List<OperatorRequest> removals() {
            List<OperatorRequest> requests = new ArrayList<>();
            for (String name : before) {
                if (wanted.containsKey(name)) {
                    continue;
                }
                OperatorRequest request = OperatorRequest.withdraw(withdraw, overlay + "/" + name);
                PendingRequest asked = known.asked(request);
                Answer answer = asked == null || !asked.request().sameAs(request) ? null : asked.answer();
                switch (answer) {
                    case null -> {}
                    case Answer.Recorded heard -> {
                        if (isRemoved(request, heard)) {
                            continue;
                        }
                        warn(heard);
                        owned.add(name);
                        continue;
                    }
                    case Answer.Refused refused -> {
                        if (refused.violations().stream().anyMatch(v -> v.is(RequestReason.UNKNOWN))) {
                            continue;
                        }
                        refused.violations()
                                .forEach(violation -> refusals.add("%s: %s".formatted(name, violation.message())));
                    }
                }
                owned.add(name);
                beingRemoved++;
                open++;
                boolean settled = asked != null
                        && asked.request().sameAs(request)
                        && now.isBefore(asked.at().plus(patience));
                if (!settled) {
                    requests.add(request);
                }
            }
            return requests;
        }

        /** Returns whether a withdrawn record is gone: nothing uses it any more, or another owner declared it again. */
        private boolean isRemoved(OperatorRequest request, Answer.Recorded heard) {
            Long recorded = known.recorded(request);
            return recorded == null ? !known.beingRemoved(request) : recorded > heard.generation();
        }

        private void warn(Answer.Recorded heard) {
            heard.allWarnings().forEach(warning -> inUse.add(warning.message()));
        }
    }
}
