package io.vlink.gateway.ovsdb;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.boundary.RecordedBridge;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.tunnels.WantedTunnels;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Follows the bridges of switches over OVSDB. Thread-safe. */
public final class BridgeWatches implements AutoCloseable {

    private final EventLoopGroup group = new NioEventLoopGroup(1, new DefaultThreadFactory("ovsdb", true));
    private final Map<DatapathId, BridgeWatch> watches = new ConcurrentHashMap<>();
    private final Map<DatapathId, WantedTunnels> wanted = new ConcurrentHashMap<>();
    private final LongAdder tunnelChanges = new LongAdder();
    private final Consumer<SwitchEvent> events;

    /**
     * Creates an instance that follows nothing yet.
     *
     * @param events receives BridgeRead and BridgeUnknown, on a thread of this class
     */
    public BridgeWatches(Consumer<SwitchEvent> events) {
        this.events = events;
    }

    /** Follows the bridge of a switch until {@link #unwatch} or {@link #drop}. */
    public void watch(DatapathId datapathId, String ovsdb) {
        unwatch(datapathId);
        OvsdbAddress address = OvsdbAddress.parse(ovsdb).orElse(null);
        if (address == null) {
            events.accept(new SwitchEvent.BridgeUnknown(
                    datapathId, "the ovsdb (%s) must be tcp:address:port.".formatted(ovsdb)));
            return;
        }
        BridgeWatch watch = new BridgeWatch(group.next(), datapathId, address, events, tunnelChanges);
        watch.tunnels(wanted.get(datapathId));
        watches.put(datapathId, watch);
        watch.start();
    }

    public void unwatch(DatapathId datapathId) {
        BridgeWatch watch = watches.remove(datapathId);
        if (watch != null) {
            watch.stop();
        }
    }

    /** Keeps these tunnels at the node of a switch while its bridge is followed. */
    public void tunnels(DatapathId datapathId, WantedTunnels tunnels) {
        wanted.put(datapathId, tunnels);
        BridgeWatch watch = watches.get(datapathId);
        if (watch != null) {
            watch.tunnels(tunnels);
        }
    }

    /** Leaves a switch to another gateway. */
    public void drop(DatapathId datapathId) {
        wanted.remove(datapathId);
        unwatch(datapathId);
    }

    /** Returns what identifies the bridge of a switch, while its OVSDB is followed and reports it. */
    public Optional<RecordedBridge> recorded(DatapathId datapathId) {
        return Optional.ofNullable(watches.get(datapathId)).map(BridgeWatch::recorded);
    }

    /** The number of tunnel ports created, changed or removed so far. */
    public long tunnelChanges() {
        return tunnelChanges.sum();
    }

    @Override
    public void close() {
        watches.keySet().forEach(this::unwatch);
        Future<?> unused = group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
