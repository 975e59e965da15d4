package io.vlink.gateway.switches;

import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was seen of one switch. */
public sealed interface SwitchEvent {

    DatapathId datapathId();

    /** What was seen on one OpenFlow connection; it counts only while that is the switch's present one. */
    sealed interface OnConnection extends SwitchEvent {
        /** Number of the connection; grows with each. */
        long connection();
    }

    /** The handshake is done; or, told again on request, the connection stands. */
    record Connected(
            DatapathId datapathId,
            long connection,
            String address,
            String openflow,
            String description,
            List<ObservedPort> ports)
            implements OnConnection {
        public Connected {
            ports = List.copyOf(ports);
        }
    }

    record Disconnected(DatapathId datapathId, long connection, String reason) implements OnConnection {}

    record PortSeen(DatapathId datapathId, long connection, ObservedPort port) implements OnConnection {}

    record PortGone(DatapathId datapathId, long connection, PortNumber port) implements OnConnection {}

    /** The switch takes this connection for its master. */
    record MasterGranted(DatapathId datapathId, long connection) implements OnConnection {}

    /**
     * The switch knows a later master than this connection.
     *
     * @param generation the OpenFlow generation id that the switch keeps
     */
    record MasterElsewhere(DatapathId datapathId, long connection, long generation) implements OnConnection {}

    record ContentsRead(DatapathId datapathId, long connection, long number, Contents contents)
            implements OnConnection {}

    /** The rules of others in the tables that ours stand in, each once, and for how long the switch has had it. */
    record ForeignRead(DatapathId datapathId, long connection, Map<ForeignRule, Duration> rules)
            implements OnConnection {
        public ForeignRead {
            rules = Map.copyOf(rules);
        }
    }

    /**
     * A batch was carried out as far as the switch took it.
     *
     * @param errors by index of the change, what the switch said; changes that are not in it are applied
     */
    record BatchDone(DatapathId datapathId, long connection, long number, Map<Integer, Refusal> errors)
            implements OnConnection {
        public BatchDone {
            errors = Map.copyOf(errors);
        }
    }

    /**
     * Another switch with this datapath id tries to connect, and is not served.
     *
     * @param address where it comes from, as {@code address:port}
     */
    record Rivalled(DatapathId datapathId, String address) implements SwitchEvent {}

    /**
     * A switch with this datapath id is connected to another gateway, which does not own it, from another host than ours.
     *
     * @param gateway that one
     * @param address where it comes from, as {@code address:port}
     * @param hardwareAddresses those of some of its ports
     */
    record SeenElsewhere(DatapathId datapathId, String gateway, String address, List<String> hardwareAddresses)
            implements SwitchEvent {
        public SeenElsewhere {
            hardwareAddresses = List.copyOf(hardwareAddresses);
        }
    }

    /**
     * OVSDB told the bridge's settings and its ports' sizes, at first or because they changed.
     *
     * @param bridge what tells the bridge from others with its datapath id, if that is known
     */
    record BridgeRead(
            DatapathId datapathId,
            BridgeSettings settings,
            PortSizes sizes,
            @Nullable RecordedBridge bridge) implements SwitchEvent {
        public BridgeRead(DatapathId datapathId, BridgeSettings settings, PortSizes sizes) {
            this(datapathId, settings, sizes, null);
        }
    }

    /** OVSDB cannot be asked now. */
    record BridgeUnknown(DatapathId datapathId, String reason) implements SwitchEvent {}

    /** What became of the tunnels of the switch's node: for each link that lacks its own, why. */
    record TunnelsKept(DatapathId datapathId, Map<ResourceId, String> problems) implements SwitchEvent {
        public TunnelsKept {
            problems = Map.copyOf(problems);
        }
    }
}
