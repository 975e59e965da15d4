package io.vlink.gateway.ovsdb;

import io.netty.channel.EventLoop;
import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.gateway.switches.SwitchEvent;
import io.vlink.gateway.tunnels.TunnelPlan;
import io.vlink.gateway.tunnels.WantedTunnels;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tunnels of one bridge: compares whenever something changed, and has one transaction under way at a time. All
 * its state belongs to one event loop.
 */
final class BridgeTunnels {

    private static final long AGAIN_MS = 50;
    private static final long RETRY_MS = 1_000;
    private static final long LAST_WORDS_MS = 2_000;

    private final EventLoop loop;
    private final DatapathId datapathId;
    private final Consumer<SwitchEvent> events;
    private final LongAdder made;
    private @Nullable OvsdbHandler connection;
    private @Nullable BridgeRows rows;
    private @Nullable WantedTunnels wanted;
    private @Nullable Map<ResourceId, String> told;
    private @Nullable Runnable atRest;
    private boolean writing;
    private boolean refused;

    BridgeTunnels(EventLoop loop, DatapathId datapathId, Consumer<SwitchEvent> events, LongAdder made) {
        this.loop = loop;
        this.datapathId = datapathId;
        this.events = events;
        this.made = made;
    }

    void connected(OvsdbHandler ovsdb) {
        connection = ovsdb;
    }

    void disconnected() {
        connection = null;
        rows = null;
        writing = false;
        refused = false;
    }

    void want(@Nullable WantedTunnels tunnels) {
        wanted = tunnels;
        refused = false;
        keep();
    }

    /** Takes in what the database holds; absent: the bridge is not fit for tunnels now. */
    void read(@Nullable BridgeRows now) {
        rows = now;
        keep();
    }

    /** Runs it once nothing is under way, or when that takes too long; from then on nothing is begun. */
    void whenIdle(Runnable done) {
        if (!writing) {
            wanted = null;
            done.run();
            return;
        }
        atRest = done;
        var unused = loop.schedule(done, LAST_WORDS_MS, TimeUnit.MILLISECONDS);
    }

    private void keep() {
        if (writing || refused || wanted == null || rows == null || connection == null || atRest != null) {
            return;
        }
        String bridge = rows.bridgeId(datapathId).orElse(null);
        if (bridge == null) {
            return;
        }
        TunnelPlan plan = TunnelPlan.of(wanted, rows.tunnels(datapathId, wanted.ports()));
        if (plan.changes().isEmpty()) {
            tell(plan.problems());
            return;
        }
        OvsdbHandler asked = connection;
        writing = true;
        asked.transact(TunnelTransaction.of(bridge, datapathId, plan), error -> {
            if (asked == connection) {
                done(plan, error);
            }
        });
    }

    private void done(TunnelPlan plan, Optional<String> error) {
        writing = false;
        if (error.isEmpty()) {
            made.add(plan.changes().size());
        } else {
            refused = true;
            // A wait that ran out: somebody else was faster, and has been read by now.
            boolean overtaken = error.get().startsWith("timed out");
            if (!overtaken) {
                tell(withRefusal(plan, error.get()));
            }
            var unused = loop.schedule(
                    () -> {
                        refused = false;
                        keep();
                    },
                    overtaken ? AGAIN_MS : RETRY_MS,
                    TimeUnit.MILLISECONDS);
        }
        Runnable end = atRest;
        if (end != null) {
            wanted = null;
            end.run();
        } else {
            keep();
        }
    }

    private static Map<ResourceId, String> withRefusal(TunnelPlan plan, String error) {
        Map<ResourceId, String> problems = new HashMap<>(plan.problems());
        for (TunnelPlan.Change change : plan.changes()) {
            switch (change) {
                case TunnelPlan.Create create ->
                    create.tunnel().links().forEach(link -> problems.put(link, why(error)));
                case TunnelPlan.Amend amend -> amend.tunnel().links().forEach(link -> problems.put(link, why(error)));
                case TunnelPlan.Remove remove -> {}
            }
        }
        return problems;
    }

    private static String why(String error) {
        return "OVSDB did not take the tunnel's port: " + error;
    }

    private void tell(Map<ResourceId, String> problems) {
        if (!problems.equals(told)) {
            told = problems;
            events.accept(new SwitchEvent.TunnelsKept(datapathId, problems));
        }
    }
}
