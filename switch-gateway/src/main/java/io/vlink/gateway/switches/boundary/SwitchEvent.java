package io.vlink.gateway.switches.boundary;

import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.gateway.switches.entries.Contents;
import io.vlink.gateway.switches.entries.ForeignRule;
import io.vlink.gateway.switches.entries.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event of one switch. */
public sealed interface SwitchEvent {

    DatapathId datapathId();

    /** An event on one OpenFlow connection. It counts only if that is the switch's present connection. */
    sealed interface ConnectionEvent extends SwitchEvent {
        /** Returns the number of the connection; later connections have higher numbers. */
        long connection();
    }

    /** The handshake is complete; or, repeated on request, the connection exists. */
    record Connected(
            DatapathId datapathId,
            long connection,
            String address,
            String openflow,
            String description,
            List<ObservedPort> ports)
            implements ConnectionEvent {
        public Connected {
            ports = List.copyOf(ports);
        }
    }

    record Disconnected(DatapathId datapathId, long connection, String reason) implements ConnectionEvent {}

    record PortSeen(DatapathId datapathId, long connection, ObservedPort port) implements ConnectionEvent {}

    record PortRemoved(DatapathId datapathId, long connection, PortNumber port) implements ConnectionEvent {}

    /** The switch accepts this connection as its master. */
    record MasterGranted(DatapathId datapathId, long connection) implements ConnectionEvent {}

    /**
     * The switch has a later master than this connection.
     *
     * @param generation the OpenFlow generation id that the switch has stored
     */
    record MasterElsewhere(DatapathId datapathId, long connection, long generation) implements ConnectionEvent {}

    record ContentsRead(DatapathId datapathId, long connection, long number, Contents contents)
            implements ConnectionEvent {}

    /** The foreign rules in the tables that Vlink uses, each once, with its age. */
    record ForeignRead(DatapathId datapathId, long connection, Map<ForeignRule, Duration> rules)
            implements ConnectionEvent {
        public ForeignRead {
            rules = Map.copyOf(rules);
        }
    }

    /**
     * A batch was carried out, as far as the switch accepted it.
     *
     * @param errors the switch's errors by index of the change; changes without an entry are applied
     */
    record BatchDone(DatapathId datapathId, long connection, long number, Map<Integer, Refusal> errors)
            implements ConnectionEvent {
        public BatchDone {
            errors = Map.copyOf(errors);
        }
    }

    /**
     * Another switch with this datapath id tries to connect and is refused.
     *
     * @param address its address, as {@code address:port}
     */
    record Rivalled(DatapathId datapathId, String address) implements SwitchEvent {}

    /**
     * A switch with this datapath id is connected to another gateway, which does not own it, from another host than
     * this gateway's connection.
     *
     * @param gateway the name of the other gateway
     * @param address its address, as {@code address:port}
     * @param hardwareAddresses the hardware addresses of some of its ports
     */
    record SeenElsewhere(DatapathId datapathId, String gateway, String address, List<String> hardwareAddresses)
            implements SwitchEvent {
        public SeenElsewhere {
            hardwareAddresses = List.copyOf(hardwareAddresses);
        }
    }

    /**
     * OVSDB reported the bridge's settings and its ports' sizes, at first or after a change.
     *
     * @param bridge distinguishes the bridge from others with its datapath id, if known
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

    /** OVSDB is unavailable. */
    record BridgeUnknown(DatapathId datapathId, String reason) implements SwitchEvent {}

    /** The result of setting up the tunnels of the switch's node: for each link that lacks its tunnel, the reason. */
    record TunnelsKept(DatapathId datapathId, Map<ResourceId, String> problems) implements SwitchEvent {
        public TunnelsKept {
            problems = Map.copyOf(problems);
        }
    }
}
