package io.vlink.gateway.switches.possession;

import io.vlink.events.switches.Switch;
import io.vlink.gateway.switches.Replay;

/** One switch, and a gateway that knows its suite. */
abstract class PossessionFixture {

    static final String OURS = "00000000000000aa";
    static final String THEIRS = "00000000000000bb";
    final Replay replay = new Replay();

    PossessionFixture() {
        replay.control.of(new SuiteView(SuiteMarks.of(OURS, 0, 0), 100));
    }

    void want(String network, long offset) {
        want(network, offset, 3);
    }

    void want(String network, long offset, int port) {
        replay.control.recorded(offset);
        replay.put(Replay.set(network, 1, 0, Replay.transit(1, port, 17)));
    }

    Switch lastSwitch() {
        return replay.all.stream()
                .flatMap(effects -> effects.switches().stream())
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
