package io.vlink.networkapi.topology;

import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.events.switches.Hindrance;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.events.switches.SwitchWarning;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A switch as its gateway sees it.
 *
 * @param warnings what an operator should check although rules can be sent; may be empty
 * @param nodes nodes that declare it, as {@code overlay/name}
 * @param ports its ports, by number
 */
@Schema(name = "Switch")
record ShownSwitch(
        DatapathId datapathId,
        Switch.State state,
        @Nullable String reason,
        String gateway,
        @Nullable String address,
        @Nullable String openflow,
        @Nullable String description,
        boolean checked,
        Instant since,
        List<SwitchWarning> warnings,
        List<String> nodes,
        List<ShownPort> ports) {

    /**
     * One port. Only present ports are shown.
     *
     * @param sending why no frame leaves by it, if more is known than that it is down
     * @param receiving why no frame enters by it, if more is known than that it is down
     */
    record ShownPort(
            PortNumber number,
            String name,
            String hardwareAddress,
            boolean up,
            long speedKbps,
            @Nullable Integer mtu,
            @Nullable Hindrance sending,
            @Nullable Hindrance receiving) {

        static ShownPort of(Port port) {
            return new ShownPort(
                    port.id().port(),
                    port.name(),
                    port.hardwareAddress(),
                    port.up(),
                    port.speedKbps(),
                    port.mtu(),
                    port.sending(),
                    port.receiving());
        }
    }

    static ShownSwitch of(Switch seen, List<String> nodes, List<Port> ports) {
        return new ShownSwitch(
                seen.id(),
                seen.state(),
                seen.reason(),
                seen.gateway(),
                seen.address(),
                seen.openflow(),
                seen.description(),
                seen.checked(),
                seen.since(),
                seen.allWarnings(),
                nodes,
                ports.stream()
                        .filter(Port::present)
                        .sorted(Comparator.comparing(port -> port.id().port()))
                        .map(ShownPort::of)
                        .toList());
    }
}
