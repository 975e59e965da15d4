package io.vlink.flow.sample;

import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.LinkMeter;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Pipeline;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.Table;
import io.vlink.flow.compile.SwitchRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one switch, as in OpenFlow 1.4.1 §5: frames enter the first table. The actions of the matching rule with the
 * highest priority are applied in order, and it may send the frame to a later table. A frame that no rule matches is dropped. Two
 * rules of one table cannot have the same priority and match. The gateway's own rules are included.
 */
public final class FlowTable {

    private final List<Rule> rules = new ArrayList<>(Pipeline.WHOLE);
    private final Set<Integer> meters = new HashSet<>();

    public FlowTable(List<SwitchRules> ofNetworks) {
        Set<String> identities = new HashSet<>();
        for (SwitchRules network : ofNetworks) {
            network.meters().forEach(meter -> require(meters.add(meter.number()), "meter twice: " + meter));
            for (Rule rule : network.rules()) {
                require(
                        identities.add(rule.standsIn() + " " + rule.priority() + " " + rule.match()),
                        "overwrites another's: " + rule);
                rules.add(rule);
            }
        }
    }

    /** A frame that leaves the switch. */
    public record Sent(PortNumber port, Frame frame, List<Integer> metersPassed) {}

    /** Returns the frames that leave for a frame that enters. */
    public List<Sent> process(PortNumber inPort, Frame frame) {
        Passage passage = new Passage(inPort, frame);
        Table next = Table.CLASSIFY;
        while (next != null) {
            next = passage.through(next);
        }
        return passage.sent;
    }

    private @Nullable Rule taken(Table table, PortNumber inPort, Frame frame) {
        List<Rule> matching = rules.stream()
                .filter(rule -> rule.standsIn() == table && matches(rule.match(), inPort, frame))
                .toList();
        int highest = matching.stream().mapToInt(Rule::priority).max().orElse(-1);
        List<Rule> chosen =
                matching.stream().filter(rule -> rule.priority() == highest).toList();
        require(chosen.size() <= 1, "undefined which of these is taken: " + chosen);
        return chosen.isEmpty() ? null : chosen.getFirst();
    }

    private static boolean matches(Match match, PortNumber inPort, Frame frame) {
        return switch (match) {
            case Match.All all -> true;
            case Match.AtPort at -> at.inPort().equals(inPort) && carries(frame, at.label());
        };
    }

    private static boolean carries(Frame frame, @Nullable Label label) {
        if (label == null) {
            return true;
        }
        return switch (label.kind()) {
            // OVS matches a VLAN id regardless of the tag's type.
            case VLAN -> !frame.tags().isEmpty() && frame.tags().getFirst().id() == label.value();
            case VNI -> Integer.valueOf(label.value()).equals(frame.vni());
        };
    }

    /** The path of one frame through the tables. */
    private final class Passage {

        private final PortNumber inPort;
        private final List<Sent> sent = new ArrayList<>();
        private final List<Integer> passed = new ArrayList<>();
        private final @Nullable Integer tunnel;
        private Frame now;

        Passage(PortNumber inPort, Frame frame) {
            this.inPort = inPort;
            this.tunnel = frame.vni();
            // The VNI of an incoming frame is not kept; each tunnel port sends the one that was set.
            this.now = frame.in(null);
        }

        /** Returns the next table; null: none. */
        @Nullable Table through(Table table) {
            Rule rule = taken(table, inPort, now.in(tunnel));
            Table next = null;
            for (Action action : rule == null ? List.<Action>of() : rule.actions()) {
                switch (action) {
                    case Action.ApplyMeter meter -> {
                        require(
                                LinkMeter.is(meter.meter()) || meters.contains(meter.meter()),
                                "no such meter: " + meter.meter());
                        passed.add(meter.meter());
                    }
                    case Action.PushLabel push -> now = push(push.label(), now);
                    case Action.SwapLabel swap ->
                        now = push(swap.label(), swap.label().kind() == Label.LabelKind.VLAN ? now.popped() : now);
                    case Action.PopLabel pop -> now = now.popped();
                    case Action.Output output -> send(output.port());
                    case Action.OutputBack back -> sent.add(new Sent(inPort, now, List.copyOf(passed)));
                    case Action.ToGroup group -> throw new AssertionError("Groups are not supported here: " + group);
                    case Action.GoTo on -> {
                        require(on.table().compareTo(table) > 0, "goes back: " + rule);
                        next = on.table();
                    }
                }
            }
            return next;
        }

        /** OpenFlow 1.4.1 §5.10: a frame is not sent out of the port that it entered by. */
        private void send(PortNumber port) {
            if (!port.equals(inPort)) {
                sent.add(new Sent(port, now, List.copyOf(passed)));
            }
        }
    }

    private static Frame push(Label label, Frame frame) {
        return label.kind() == Label.LabelKind.VLAN ? frame.pushed(label.value()) : frame.in(label.value());
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }
}
