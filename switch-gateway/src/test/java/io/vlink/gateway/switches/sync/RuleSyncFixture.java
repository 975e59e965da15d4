package io.vlink.gateway.switches.sync;

import io.vlink.events.rules.RuleState;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.entries.Drops;
import io.vlink.gateway.switches.entries.InstalledMeter;
import io.vlink.gateway.switches.entries.RuleKey;
import java.time.Duration;
import java.util.List;

/** One switch that is kept in sync, and what was written and reported last. */
abstract class RuleSyncFixture {

    final Replay replay = new Replay();

    SwitchCommand.Write written() {
        return replay.take(SwitchCommand.Write.class).orElseThrow();
    }

    List<RuleKey> slots() {
        return List.copyOf(replay.rules.keySet());
    }

    RuleState lastState() {
        return replay.states.getLast();
    }

    /** Returns the name of the network and whether its set was applied. */
    static String told(RuleState state) {
        String owner = state.owner().toString();
        return owner.substring(owner.lastIndexOf('/') + 1) + " " + state.applied();
    }

    void poll() {
        replay.later(Duration.ofSeconds(3)).obey();
    }

    void drop(long packets) {
        replay.meters.computeIfPresent(
                7L,
                (number, meter) -> new InstalledMeter(
                        number, meter.settings(), meter.boundRules(), new Drops(packets, packets * 100)));
    }
}
