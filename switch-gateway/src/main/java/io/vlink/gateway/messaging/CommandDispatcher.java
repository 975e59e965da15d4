package io.vlink.gateway.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.InSwitch;
import io.vlink.events.links.LinkState;
import io.vlink.gateway.openflow.connection.OpenFlowServer;
import io.vlink.gateway.ovsdb.BridgeWatches;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEffects;
import io.vlink.gateway.tunnels.WantedTunnels;
import java.util.Collection;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Carries out decisions at switches and OVSDB servers. Called on the log's thread; hands over and never waits. */
final class CommandDispatcher {

    private static final Logger LOG = Logger.getLogger(CommandDispatcher.class);

    private final OpenFlowServer openFlow;
    private final BridgeWatches bridges;
    private final CountersOut counters;

    CommandDispatcher(OpenFlowServer openFlow, BridgeWatches bridges, CountersOut counters) {
        this.openFlow = openFlow;
        this.bridges = bridges;
        this.counters = counters;
    }

    /** Carries out commands and sends counters. All other effects become records. */
    void perform(SwitchEffects effects) {
        effects.commands().forEach(this::perform);
        counters.put(effects.counters());
        counters.delete(effects.removed().stream()
                .filter(SwitchEffects.RemovedOwner::counted)
                .map(removed -> new InSwitch(removed.datapathId(), removed.owner()))
                .toList());
    }

    /** Logs the notes, once all other effects are on their way. */
    void note(SwitchEffects effects) {
        effects.notes().forEach(note -> LOG.infof("Switch %s datapathId=%s", note.text(), note.datapathId()));
    }

    void note(LinkState state) {
        if (state.up()) {
            LOG.infof("Link is up link=%s epoch=%d", state.id(), state.epoch());
        } else {
            LOG.infof("Link is down: %s link=%s epoch=%d", state.message(), state.id(), state.epoch());
        }
    }

    private void perform(SwitchCommand command) {
        switch (command) {
            case SwitchCommand.ConnectionCommand on -> openFlow.perform(on);
            case SwitchCommand.WatchBridge watch -> bridges.watch(watch.datapathId(), watch.ovsdb());
            case SwitchCommand.UnwatchBridge unwatch -> bridges.unwatch(unwatch.datapathId());
        }
    }

    /** Keeps the tunnels of a node for as long as its bridge is followed. */
    void tunnels(DatapathId datapathId, WantedTunnels wanted) {
        bridges.tunnels(datapathId, wanted);
    }

    /** Reports every connected switch that matches once more. */
    void announce(Predicate<DatapathId> which) {
        openFlow.announce(which);
    }

    /** Releases switches to another gateway. */
    void release(Predicate<DatapathId> which, Collection<DatapathId> watched) {
        openFlow.release(which);
        watched.forEach(bridges::drop);
    }
}
