package io.vlink.gateway.switches.sync;

import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleState;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import java.time.Duration;
import java.util.List;

/** One switch with the meter of a link, and what was written last. */
abstract class LinkMetersFixture {

    /** The meter of the port by which all these rules send. */
    static final int METER = 65_545;

    static final Owner LINKS = new LinkPort("default", PortNumber.of(9));
    final Replay replay = new Replay();

    SwitchCommand.Write written() {
        return replay.take(SwitchCommand.Write.class).orElseThrow();
    }

    static List<Owner> owners(SwitchCommand.Write write) {
        return write.batch().changes().stream().map(OwnerChange::owner).toList();
    }

    static String told(RuleState state) {
        String owner = state.owner() instanceof NetworkId network ? network.name() : "links";
        return owner + " " + state.applied();
    }

    void poll() {
        replay.later(Duration.ofSeconds(3)).obey();
    }

    Replay restarted() {
        Replay restarted = new Replay();
        restarted.rules.putAll(replay.rules);
        restarted.meters.putAll(replay.meters);
        return restarted;
    }

    /** Returns the same rule, sending by another port. */
    static Rule by(int port, Rule rule) {
        List<Action> actions = rule.actions().stream()
                .map(action -> action instanceof Action.Output ? new Action.Output(PortNumber.of(port)) : action)
                .toList();
        return new Rule(rule.cookie(), rule.priority(), rule.match(), actions, rule.standsIn());
    }
}
