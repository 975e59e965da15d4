package io.vlink.flow.sample;

import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Rule;
import io.vlink.flow.compile.SwitchRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Table 0 of one switch as OpenFlow 1.4.1 §5 has it: of the rules that match, the highest priority's actions are applied in
 * order; what no rule matches is dropped. Two rules of one priority and match cannot stand beside each other.
 */
public final class FlowTable {

    private final List<Rule> rules = new ArrayList<>();
    private final Set<Integer> meters = new HashSet<>();

    public FlowTable(List<SwitchRules> ofNetworks) {
        Set<String> identities = new HashSet<>();
        for (SwitchRules network : ofNetworks) {
            network.meters().forEach(meter -> require(meters.add(meter.number()), "meter twice: " + meter));
            for (Rule rule : network.rules()) {
                require(identities.add(rule.priority() + " " + rule.match()), "overwrites another's: " + rule);
                rules.add(rule);
            }
        }
    }

    /** A frame that leaves. */
    public record Sent(PortNumber port, Frame frame, List<Integer> metersPassed) {}

    /** What becomes of a frame that comes in. */
    public List<Sent> process(PortNumber inPort, Frame frame) {
        List<Rule> matching = rules.stream()
                .filter(rule -> matches(rule.match(), inPort, frame))
                .toList();
        int highest = matching.stream().mapToInt(Rule::priority).max().orElse(-1);
        List<Rule> chosen =
                matching.stream().filter(rule -> rule.priority() == highest).toList();
        require(chosen.size() <= 1, "undefined which of these is taken: " + chosen);
        return chosen.isEmpty() ? List.of() : apply(chosen.getFirst(), inPort, frame);
    }

    private static boolean matches(Match match, PortNumber inPort, Frame frame) {
        Label label = match.label();
        if (!match.inPort().equals(inPort)) {
            return false;
        }
        if (label == null) {
            return true;
        }
        return switch (label.kind()) {
            // OVS matches a VLAN id whatever the tag's type.
            case VLAN -> !frame.tags().isEmpty() && frame.tags().getFirst().id() == label.value();
            case VNI -> Integer.valueOf(label.value()).equals(frame.vni());
        };
    }

    private List<Sent> apply(Rule rule, PortNumber inPort, Frame frame) {
        List<Sent> sent = new ArrayList<>();
        List<Integer> passed = new ArrayList<>();
        // The VNI that a frame came with is not carried on; each tunnel port sends the one that was set.
        Frame now = frame.in(null);
        for (Action action : rule.actions()) {
            switch (action) {
                case Action.Police police -> {
                    require(meters.contains(police.meter()), "no such meter: " + police.meter());
                    passed.add(police.meter());
                }
                case Action.PushLabel push -> now = push(push.label(), now);
                case Action.SwapLabel swap ->
                    now = push(swap.label(), swap.label().kind() == Label.Kind.VLAN ? now.popped() : now);
                case Action.PopLabel pop -> now = now.popped();
                case Action.Output output -> {
                    // OpenFlow 1.4.1 §5.10: a frame is not sent out of the port that it came in by.
                    if (!output.port().equals(inPort)) {
                        sent.add(new Sent(output.port(), now, List.copyOf(passed)));
                    }
                }
            }
        }
        return sent;
    }

    private static Frame push(Label label, Frame frame) {
        return label.kind() == Label.Kind.VLAN ? frame.pushed(label.value()) : frame.in(label.value());
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }
}
