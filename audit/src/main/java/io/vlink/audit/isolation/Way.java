package io.vlink.audit.isolation;

import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a circuit as it was decided, port by port.
 *
 * @param circuit its number
 * @param current whether it is the network's path, and not on its way out
 * @param stages the switches crossed, in order of travel; at least one
 */
public record Way(NetworkId network, long circuit, Direction direction, boolean current, List<Stage> stages) {

    /**
     * One switch crossed.
     *
     * @param inLabel absent: from the workload
     * @param outLabel absent: to the workload
     */
    public record Stage(
            DatapathId datapathId,
            PortNumber inPort,
            @Nullable Label inLabel,
            PortNumber outPort,
            @Nullable Label outLabel) {

        SwitchPort in() {
            return new SwitchPort(datapathId, inPort);
        }

        SwitchPort out() {
            return new SwitchPort(datapathId, outPort);
        }
    }

    public Way {
        stages = List.copyOf(stages);
    }

    /** One direction of a circuit; empty as long as a port on it is not known. */
    public static Optional<Way> of(NetworkId network, Circuit circuit, Direction direction, boolean current) {
        boolean forward = direction == Direction.FORWARD;
        Route route = forward ? circuit.forward() : circuit.reverse();
        List<Stage> stages = new ArrayList<>();
        for (Hop hop : route.hops()) {
            PortNumber in = hop.inLink() == null ? (forward ? circuit.from() : circuit.to()).port() : hop.inPort();
            PortNumber out = hop.outLink() == null ? (forward ? circuit.to() : circuit.from()).port() : hop.outPort();
            if (in == null || out == null) {
                return Optional.empty();
            }
            stages.add(new Stage(hop.datapathId(), in, hop.inLabel(), out, hop.outLabel()));
        }
        return Optional.of(new Way(network, circuit.number(), direction, current, stages));
    }

    /** The port that the workload's frames come in at. */
    SwitchPort entry() {
        return stages.getFirst().in();
    }

    /** The port that they leave at, towards the other workload. */
    SwitchPort exit() {
        return stages.getLast().out();
    }

    /** In words: each switch with the ports crossed. */
    String text() {
        return stages.stream()
                .map(stage -> "%s/%s>%s".formatted(stage.datapathId(), stage.inPort(), stage.outPort()))
                .collect(Collectors.joining(" "));
    }
}
