package io.vlink.flow.sample;

import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.flow.compile.SwitchRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The connected switches of {@link Sample}. */
public final class Fabric {

    private static final int FIRST_WORKLOAD_PORT = 10;
    private static final int MAX_HOPS = 20;

    private final Function<DatapathId, FlowTable> tables;

    public Fabric(Function<DatapathId, FlowTable> tables) {
        this.tables = tables;
    }

    /** Creates the switches with the rules of several networks. */
    public static Fabric of(List<Map<DatapathId, SwitchRules>> networks) {
        return new Fabric(datapathId -> new FlowTable(networks.stream()
                .map(network -> network.getOrDefault(datapathId, SwitchRules.NONE))
                .toList()));
    }

    /**
     * The exit of a frame.
     *
     * @param crossed letters of the nodes, in order
     */
    public record Delivery(char node, int port, Frame frame, String crossed, List<Integer> meters) {}

    /** Sends a frame into a port and follows it until all copies have left. */
    public List<Delivery> send(char node, int port, Frame frame) {
        List<Delivery> deliveries = new ArrayList<>();
        follow(node, PortNumber.of(port), frame, "", List.of(), deliveries);
        return deliveries;
    }

    private void follow(
            char node, PortNumber port, Frame frame, String crossed, List<Integer> meters, List<Delivery> deliveries) {
        if (crossed.length() > MAX_HOPS) {
            throw new AssertionError("A frame goes in circles: " + crossed);
        }
        String here = crossed + node;
        for (FlowTable.Sent sent : tables.apply(Sample.dpid(node)).process(port, frame)) {
            List<Integer> passed =
                    Stream.concat(meters.stream(), sent.metersPassed().stream()).toList();
            if (sent.port().value() > FIRST_WORKLOAD_PORT) {
                deliveries.add(new Delivery(node, (int) sent.port().value(), sent.frame(), here, passed));
            } else {
                char next = (char) ('a' + sent.port().value() - 1);
                follow(next, Sample.toward(node), sent.frame(), here, passed, deliveries);
            }
        }
    }
}
