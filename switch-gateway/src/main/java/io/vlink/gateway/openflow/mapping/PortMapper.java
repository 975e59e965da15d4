package io.vlink.gateway.openflow.mapping;

import io.vlink.events.PortNumber;
import io.vlink.events.text.Unicode;
import io.vlink.gateway.switches.boundary.ObservedPort;
import java.util.Optional;
import org.projectfloodlight.openflow.protocol.OFPortConfig;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortDescPropEthernet;
import org.projectfloodlight.openflow.protocol.OFPortState;
import org.projectfloodlight.openflow.protocol.OFVersion;

/** Maps Loxi's port descriptions to observed ports. */
public final class PortMapper {

    private PortMapper() {}

    /** Maps a port; absent: it is a reserved port, such as LOCAL. */
    public static Optional<ObservedPort> port(OFPortDesc desc) {
        long number = Integer.toUnsignedLong(desc.getPortNo().getPortNumber());
        if (number < 1 || number > PortNumber.MAX) {
            return Optional.empty();
        }
        boolean up = !desc.getConfig().contains(OFPortConfig.PORT_DOWN)
                && !desc.getState().contains(OFPortState.LINK_DOWN);
        return Optional.of(new ObservedPort(
                PortNumber.of(number),
                Unicode.printable(desc.getName()),
                desc.getHwAddr().toString(),
                up,
                desc.getState().contains(OFPortState.LIVE),
                !desc.getConfig().contains(OFPortConfig.NO_FWD),
                !desc.getConfig().contains(OFPortConfig.NO_RECV),
                speed(desc)));
    }

    private static long speed(OFPortDesc desc) {
        if (desc.getVersion() == OFVersion.OF_13) {
            return desc.getCurrSpeed();
        }
        return desc.getProperties().stream()
                .filter(OFPortDescPropEthernet.class::isInstance)
                .mapToLong(property -> ((OFPortDescPropEthernet) property).getCurrSpeed())
                .findFirst()
                .orElse(0);
    }
}
