package io.vlink.gateway.ovsdb;

import io.netty.channel.EventLoop;
import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.tunnels.FoundPort;
import io.vlink.gateway.tunnels.TunnelPlan;
import io.vlink.gateway.tunnels.WantedTunnels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tunnels of one bridge as wanted. Compares after every change, and runs one transaction at a time. Repeats a
 * refused transaction change by change. All its state belongs to one event loop.
 */
final class BridgeTunnels {

    private static final long AGAIN_MS = 50;
    private static final long RETRY_MS = 1_000;
    private static final long FIRST_ATTEMPT_MS = 100;
    private static final int MAX_DOUBLINGS = 6;
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
    private final Map<TunnelPlan.Change, String> hopeless = new HashMap<>();
    private boolean writing;
    private boolean overtaken;
    private boolean oneByOne;
    private boolean trying;
    private int attempts;

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
        begin();
    }

    void want(@Nullable WantedTunnels tunnels) {
        wanted = tunnels;
        begin();
        keep();
    }

    private void begin() {
        hopeless.clear();
        overtaken = false;
        oneByOne = false;
    }

    /** Applies the content of the database; null: the bridge must not have tunnels now. */
    void read(@Nullable BridgeRows now) {
        rows = now;
        keep();
    }

    /** Runs an action once no transaction is under way, or after 2 s. Starts no transaction from then on. */
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
        if (writing || overtaken || wanted == null || rows == null || connection == null || atRest != null) {
            return;
        }
        String bridge = rows.bridgeId(datapathId).orElse(null);
        if (bridge == null) {
            return;
        }
        TunnelPlan plan = TunnelPlan.of(wanted, rows.tunnels(datapathId, wanted.ports()));
        hopeless.keySet().retainAll(plan.changes());
        List<TunnelPlan.Change> due = plan.changes().stream()
                .filter(change -> !hopeless.containsKey(change))
                .toList();
        if (due.isEmpty()) {
            oneByOne = false;
            tell(withRefusals(plan.problems()));
            tryAgain(plan.failed());
            return;
        }
        TunnelPlan step = new TunnelPlan(oneByOne ? List.of(due.getFirst()) : due, List.of(), Map.of());
        OvsdbHandler asked = connection;
        writing = true;
        asked.transact(TunnelTransaction.of(bridge, datapathId, step), error -> {
            if (asked == connection) {
                done(step, error);
            }
        });
    }

    private void done(TunnelPlan plan, Optional<String> error) {
        writing = false;
        if (error.isEmpty()) {
            made.add(plan.changes().size());
        } else if (error.get().startsWith("timed out")) {
            // A wait operation timed out: the row was changed by someone else first, and is read by now.
            overtaken = true;
            later(AGAIN_MS);
        } else if (plan.changes().size() > 1) {
            // One impossible port must not harm the others.
            oneByOne = true;
        } else {
            hopeless.put(plan.changes().getFirst(), error.get());
            later(RETRY_MS);
        }
        ended();
    }

    private void ended() {
        Runnable end = atRest;
        if (end != null) {
            wanted = null;
            end.run();
        } else {
            keep();
        }
    }

    /** Tries failed ports again: ports may conflict only for a moment, as when two addresses are swapped. */
    private void tryAgain(List<FoundPort> failed) {
        if (failed.isEmpty()) {
            attempts = 0;
            return;
        }
        if (trying) {
            return;
        }
        trying = true;
        var unused = loop.schedule(
                () -> {
                    trying = false;
                    nudge();
                },
                Math.min(FIRST_ATTEMPT_MS << Math.min(attempts, MAX_DOUBLINGS), RETRY_MS * 5),
                TimeUnit.MILLISECONDS);
    }

    private void nudge() {
        if (writing || wanted == null || rows == null || connection == null || atRest != null) {
            return;
        }
        if (TunnelPlan.of(wanted, rows.tunnels(datapathId, wanted.ports()))
                .failed()
                .isEmpty()) {
            return;
        }
        attempts++;
        OvsdbHandler asked = connection;
        writing = true;
        asked.transact(TunnelTransaction.again(), error -> {
            if (asked == connection) {
                writing = false;
                ended();
            }
        });
    }

    private void later(long millis) {
        var unused = loop.schedule(
                () -> {
                    begin();
                    keep();
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    private Map<ResourceId, String> withRefusals(Map<ResourceId, String> others) {
        Map<ResourceId, String> problems = new HashMap<>(others);
        hopeless.forEach((change, error) -> {
            switch (change) {
                case TunnelPlan.Create create ->
                    create.tunnel().links().forEach(link -> problems.put(link, why(error)));
                case TunnelPlan.Amend amend -> amend.tunnel().links().forEach(link -> problems.put(link, why(error)));
                case TunnelPlan.Remove remove -> {}
            }
        });
        return problems;
    }

    private static String why(String error) {
        return "OVSDB refused the port of the tunnel: " + error;
    }

    private void tell(Map<ResourceId, String> problems) {
        if (!problems.equals(told)) {
            told = problems;
            events.accept(new SwitchEvent.TunnelsKept(datapathId, problems));
        }
    }
}
