package io.vlink.gateway.ovsdb;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.SwitchEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Follows the bridges of switches over OVSDB. Thread-safe. */
public final class BridgeWatches implements AutoCloseable {

    private final EventLoopGroup group = new NioEventLoopGroup(1, new DefaultThreadFactory("ovsdb", true));
    private final Map<DatapathId, BridgeWatch> watches = new ConcurrentHashMap<>();
    private final Consumer<SwitchEvent> events;

    /**
     * Makes one that follows nothing yet.
     *
     * @param events told BridgeRead and BridgeUnknown, on a thread of ours
     */
    public BridgeWatches(Consumer<SwitchEvent> events) {
        this.events = events;
    }

    /** Follows the bridge of a switch until told otherwise. */
    public void watch(DatapathId datapathId, String ovsdb) {
        unwatch(datapathId);
        OvsdbAddress address = OvsdbAddress.parse(ovsdb).orElse(null);
        if (address == null) {
            events.accept(new SwitchEvent.BridgeUnknown(
                    datapathId, "the ovsdb (%s) must be tcp:address:port.".formatted(ovsdb)));
            return;
        }
        BridgeWatch watch = new BridgeWatch(group.next(), datapathId, address, events);
        watches.put(datapathId, watch);
        watch.start();
    }

    public void unwatch(DatapathId datapathId) {
        BridgeWatch watch = watches.remove(datapathId);
        if (watch != null) {
            watch.stop();
        }
    }

    @Override
    public void close() {
        watches.keySet().forEach(this::unwatch);
        Future<?> unused = group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
