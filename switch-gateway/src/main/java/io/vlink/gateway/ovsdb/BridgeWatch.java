package io.vlink.gateway.ovsdb;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.json.JsonObjectDecoder;
import io.netty.handler.timeout.IdleStateHandler;
import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.boundary.BridgeSettings;
import io.vlink.gateway.switches.boundary.RecordedBridge;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.tunnels.WantedTunnels;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the bridge of one switch, and reconnects until stopped. All its state belongs to one event loop.
 */
final class BridgeWatch {

    private static final int MAX_JSON_BYTES = 4 * 1024 * 1024;
    private static final int CONNECT_MS = 1_000;
    private static final long ANSWER_MS = 2_000;
    private static final int PROBE_SECONDS = 5;
    private static final long FIRST_BACKOFF_MS = 250;
    private static final long MAX_BACKOFF_MS = 4_000;
    private static final long FIRST_HUNG_MS = 1_000;
    private static final long MAX_HUNG_MS = 60_000;
    /** A connection that lasted this long counts as working. */
    private static final long WORKED_NANOS = 60_000_000_000L;

    private final EventLoop loop;
    private final DatapathId datapathId;
    private final OvsdbAddress address;
    private final Consumer<SwitchEvent> events;
    private final BridgeTunnels tunnels;
    private @Nullable Channel channel;
    private volatile SwitchEvent.@Nullable BridgeRead told;
    private long backoffMs = FIRST_BACKOFF_MS;
    /** The wait after a server accepted a connection and then did not answer. */
    private long hungMs = FIRST_HUNG_MS;

    private boolean wanted = true;
    /** True once the server answered on the current connection. */
    private boolean answered;

    BridgeWatch(
            EventLoop loop,
            DatapathId datapathId,
            OvsdbAddress address,
            Consumer<SwitchEvent> events,
            LongAdder changes) {
        this.loop = loop;
        this.datapathId = datapathId;
        this.address = address;
        this.events = events;
        this.tunnels = new BridgeTunnels(loop, datapathId, events, changes);
    }

    void start() {
        loop.execute(this::connect);
    }

    void stop() {
        loop.execute(() -> {
            wanted = false;
            Channel open = channel;
            if (open != null) {
                tunnels.whenIdle(() -> {
                    ChannelFuture unused = open.close();
                });
            }
        });
    }

    /** Keeps these tunnels from now on; null: not known yet, and nothing is touched. */
    void tunnels(@Nullable WantedTunnels wantedTunnels) {
        loop.execute(() -> tunnels.want(wantedTunnels));
    }

    private void connect() {
        if (!wanted) {
            return;
        }
        told = null;
        answered = false;
        tunnels.disconnected();
        Attempt attempt = new Attempt();
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel socket) {
                        OvsdbHandler ovsdb = new OvsdbHandler(BridgeWatch.this::on, attempt::broken);
                        attempt.ovsdb = ovsdb;
                        tunnels.connected(ovsdb);
                        socket.pipeline()
                                .addLast("idle", new IdleStateHandler(PROBE_SECONDS, 0, 0))
                                .addLast("json", new JsonObjectDecoder(MAX_JSON_BYTES))
                                .addLast("ovsdb", ovsdb);
                    }
                })
                .connect(address.host(), address.port());
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                attempt.broken(String.valueOf(done.cause().getMessage()));
            }
        });
        var timeout = loop.schedule(
                () -> {
                    if (told == null && attempt.standing) {
                        attempt.hung = connecting.isSuccess() && !answered;
                        attempt.broken("It did not answer within %d s.".formatted((CONNECT_MS + ANSWER_MS) / 1_000));
                        ChannelFuture unused = connecting.channel().close();
                    }
                },
                CONNECT_MS + ANSWER_MS,
                TimeUnit.MILLISECONDS);
        connecting.channel().closeFuture().addListener(closed -> timeout.cancel(false));
    }

    private void on(BridgeRows rows) {
        answered = true;
        BridgeSettings settings = rows.settings(datapathId).orElse(null);
        if (settings == null) {
            unknown("It has no bridge with this datapath id.");
            return;
        }
        // A bridge that forwards by itself would form loops with tunnels between all nodes.
        tunnels.read(settings.violation().isEmpty() ? rows : null);
        SwitchEvent.BridgeRead read =
                new SwitchEvent.BridgeRead(datapathId, settings, rows.sizes(datapathId), recorded(rows));
        if (!read.equals(told)) {
            told = read;
            backoffMs = FIRST_BACKOFF_MS;
            events.accept(read);
        }
    }

    private @Nullable RecordedBridge recorded(BridgeRows rows) {
        Channel open = channel;
        return open != null && open.remoteAddress() instanceof InetSocketAddress at && at.getAddress() != null
                ? new RecordedBridge(at.getAddress().getHostAddress(), rows.addresses(datapathId))
                : null;
    }

    /** Returns what identifies the bridge, while OVSDB reports it; otherwise null. Callable from any thread. */
    @Nullable RecordedBridge recorded() {
        SwitchEvent.BridgeRead last = told;
        return last == null ? null : last.bridge();
    }

    private void unknown(String reason) {
        if (wanted) {
            events.accept(new SwitchEvent.BridgeUnknown(
                    datapathId, "OVSDB at tcp:%s:%d: %s".formatted(address.host(), address.port(), reason)));
        }
    }

    /** One connection attempt, which fails at most once. */
    private final class Attempt {

        private final long began = System.nanoTime();
        private boolean standing = true;
        private boolean hung;
        private @Nullable OvsdbHandler ovsdb;

        void broken(String reason) {
            if (!standing) {
                return;
            }
            standing = false;
            OvsdbHandler handler = ovsdb;
            hung |= handler != null && handler.isHung();
            if (System.nanoTime() - began > WORKED_NANOS) {
                hungMs = FIRST_HUNG_MS;
            }
            long wait = hung ? hungMs : backoffMs;
            unknown(hung ? "%s The next attempt is in %d s.".formatted(reason, wait / 1_000) : reason);
            if (hung) {
                hungMs = Math.min(hungMs * 2, MAX_HUNG_MS);
            } else {
                backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS);
            }
            var unused = loop.schedule(BridgeWatch.this::connect, wait, TimeUnit.MILLISECONDS);
        }
    }
}
