package io.vlink.gateway.switches.control;

import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.switches.Replay;
import java.util.List;

/** One switch with the records that were written about it. */
abstract class SwitchControlFixture {

    final Replay replay = new Replay();

    List<Switch> switches() {
        return replay.all.stream()
                .flatMap(effects -> effects.switches().stream())
                .toList();
    }

    List<Port> ports() {
        return replay.all.stream().flatMap(effects -> effects.ports().stream()).toList();
    }
}
