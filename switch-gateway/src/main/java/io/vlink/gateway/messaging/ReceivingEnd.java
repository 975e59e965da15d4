package io.vlink.gateway.messaging;

import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.switches.Port;
import io.vlink.gateway.links.LinkStates;
import io.vlink.gateway.switches.control.SwitchControl;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A switch of this shard, as the receiving end of links. */
record ReceivingEnd(SwitchControl control) implements LinkStates.ReceivingSwitch {

    @Override
    public long epoch() {
        return control.epoch();
    }

    @Override
    public boolean isKnown() {
        return !control.ports().isEmpty();
    }

    @Override
    public Optional<Port> port(LinkEnd end) {
        return control.ports().find(end.port());
    }

    @Override
    public @Nullable Instant heardOn(PortNumber port) {
        return control.heardOn(port);
    }

    @Override
    public Optional<String> tunnelProblem(ResourceId link) {
        return control.tunnelProblem(link);
    }
}
