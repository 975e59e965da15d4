package io.vlink.audit.isolation;

import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.AtEndpoint;
import io.vlink.events.paths.Branch;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Edge;
import io.vlink.events.paths.Face;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The decided path of one direction of a circuit, port by port.
 *
 * @param circuit the circuit's number
 * @param current whether it is the network's path, and not being removed
 * @param stages the switches crossed, in order of travel; at least one
 */
public record Way(NetworkId network, long circuit, Direction direction, boolean current, List<Stage> stages) {

    /**
     * One switch crossed, from one of the hop's entries to one of its branches.
     *
     * @param hop the hop's id
     * @param inLabel absent: from the workload
     * @param outLabel absent: to the workload
     */
    public record Stage(
            int hop,
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

    /** Returns the paths of one direction of a circuit, one for each endpoint that it leads to; without those with an unknown port. */
    public static List<Way> of(NetworkId network, Circuit circuit, Direction direction, boolean current) {
        List<Way> ways = new ArrayList<>();
        Route route = circuit.route(direction);
        for (Edge entry : route.first().entries()) {
            if (entry instanceof AtEndpoint) {
                follow(
                        circuit,
                        route,
                        route.first(),
                        entry,
                        List.of(),
                        stages -> ways.add(new Way(network, circuit.number(), direction, current, stages)));
            }
        }
        return ways;
    }

    /** Follows the path that frames take while nothing fails. */
    private static void follow(
            Circuit circuit, Route route, Hop hop, Edge entry, List<Stage> before, Consumer<List<Stage>> arrived) {
        for (Branch branch : hop.branches()) {
            Face face = branch.first();
            Stage stage = stage(circuit, hop, entry, face);
            if (stage == null || before.size() > route.hops().size()) {
                continue;
            }
            List<Stage> stages = new ArrayList<>(before);
            stages.add(stage);
            if (face.edge() instanceof AtEndpoint) {
                arrived.accept(stages);
            } else if (face.next() != null) {
                follow(circuit, route, route.hops().get(face.next()), face.edge(), stages, arrived);
            }
        }
    }

    /** Returns every switch that one direction of a circuit may cross, for each entry; without those with an unknown port. */
    public static List<Stage> crossings(Circuit circuit, Direction direction) {
        List<Stage> crossings = new ArrayList<>();
        for (Hop hop : circuit.route(direction).hops()) {
            for (Edge entry : hop.entries()) {
                for (Branch branch : hop.branches()) {
                    Stage stage = stage(circuit, hop, entry, branch.first());
                    if (stage != null) {
                        crossings.add(stage);
                    }
                }
            }
        }
        return crossings;
    }

    private static @Nullable Stage stage(Circuit circuit, Hop hop, Edge entry, Face face) {
        PortNumber in = circuit.enters(entry);
        PortNumber out = circuit.leaves(face.edge());
        return in == null || out == null
                ? null
                : new Stage(
                        hop.id(),
                        hop.datapathId(),
                        in,
                        entry.label(),
                        out,
                        face.edge().label());
    }

    /** Returns the port at which the workload's frames enter. */
    SwitchPort entry() {
        return stages.getFirst().in();
    }

    /** Returns the port by which they leave, towards the other workload. */
    SwitchPort exit() {
        return stages.getLast().out();
    }

    /** Returns each switch with the ports crossed, in words. */
    String text() {
        return stages.stream()
                .map(stage -> "%s/%s>%s".formatted(stage.datapathId(), stage.inPort(), stage.outPort()))
                .collect(Collectors.joining(" "));
    }
}
