package io.vlink.gateway.openflow.connection;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import io.vlink.gateway.openflow.frames.BadFrame;
import io.vlink.gateway.openflow.frames.FrameBounds;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.protocol.OFEchoReply;
import org.projectfloodlight.openflow.protocol.OFEchoRequest;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFVersion;

/**
 * Handles echoes in both directions (OpenFlow 1.4.1 §6.3.4). Always answers. After a silence it sends an echo request, and it
 * closes the connection if the silence goes on. Any message ends a silence.
 */
final class KeepAliveHandler extends ChannelInboundHandlerAdapter {

    /** Maximum size of unread answers before the connection is closed. */
    private static final int MAX_UNREAD_BYTES = 1024 * 1024;

    /** Echoes with an xid from here on prove that a connection lives; other echoes have xid 0. */
    private static final long FIRST_PROOF = 0xfffe_0000L;

    private static final long PROOF_XIDS = 0x1_0000;

    private final Duration idle;
    private final Duration deadline;
    private @Nullable OFVersion version;
    private @Nullable ScheduledFuture<?> timer;
    private long heardAt = System.nanoTime();
    private boolean asked;
    private int unread;
    private final Map<Long, Consumer<Boolean>> proofs = new HashMap<>();
    private long proofsBegun;

    /**
     * Creates the handler of one connection.
     *
     * @param idle silence after which an echo request is sent
     * @param deadline maximum time for its answer
     */
    KeepAliveHandler(Duration idle, Duration deadline) {
        this.idle = idle;
        this.deadline = deadline;
    }

    /** Sets the agreed version; echo requests are sent from now on. */
    void begin(OFVersion agreed) {
        version = agreed;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        schedule(ctx, idle.toNanos());
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        heardAt = System.nanoTime();
        asked = false;
        switch (message) {
            case OFEchoRequest request -> answer(ctx, request);
            case OFEchoReply reply -> proven(reply.getXid());
            default -> ctx.fireChannelRead(message);
        }
    }

    /**
     * Sends an echo request at once to find out whether the peer is alive.
     *
     * @param alive called once: true if the echo came back in time, or if any message came in the second half of that time; not
     *     called if the connection is closed first
     */
    void prove(ChannelHandlerContext ctx, Duration within, Consumer<Boolean> alive) {
        OFVersion agreed = version;
        if (agreed == null) {
            return;
        }
        long xid = FIRST_PROOF + proofsBegun++ % PROOF_XIDS;
        proofs.put(xid, alive);
        ChannelFuture unused = ctx.writeAndFlush(
                OFFactories.getFactory(agreed).buildEchoRequest().setXid(xid).build());
        var timeout = ctx.executor()
                .schedule(
                        () -> {
                            Consumer<Boolean> waiting = proofs.remove(xid);
                            if (waiting != null && ctx.channel().isActive()) {
                                waiting.accept(System.nanoTime() - heardAt < within.toNanos() / 2);
                            }
                        },
                        within.toNanos(),
                        TimeUnit.NANOSECONDS);
        ctx.channel().closeFuture().addListener(closed -> timeout.cancel(false));
    }

    private void proven(long xid) {
        Consumer<Boolean> waiting = proofs.remove(xid);
        if (waiting != null) {
            waiting.accept(true);
        }
    }

    private void answer(ChannelHandlerContext ctx, OFEchoRequest request) {
        int length = FrameBounds.HEADER_LENGTH + request.getData().length;
        unread += length;
        if (unread > MAX_UNREAD_BYTES) {
            throw new BadFrame("The switch sends echo requests and does not read the answers.");
        }
        ChannelFuture unused = ctx.writeAndFlush(OFFactories.getFactory(request.getVersion())
                        .buildEchoReply()
                        .setXid(request.getXid())
                        .setData(request.getData())
                        .build())
                .addListener(written -> unread -= length);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
        ctx.fireChannelInactive();
    }

    private void check(ChannelHandlerContext ctx) {
        long silent = System.nanoTime() - heardAt;
        if (asked && silent >= idle.plus(deadline).toNanos()) {
            ctx.fireExceptionCaught(new Silence("The switch sent nothing for %d ms.".formatted(silent / 1_000_000)));
            return;
        }
        if (!asked && silent >= idle.toNanos() && version != null) {
            asked = true;
            ChannelFuture unused = ctx.writeAndFlush(
                    OFFactories.getFactory(version).buildEchoRequest().build());
        }
        long due = asked ? idle.plus(deadline).toNanos() - silent : idle.toNanos() - silent;
        schedule(ctx, Math.max(due, 1_000_000));
    }

    private void schedule(ChannelHandlerContext ctx, long nanos) {
        timer = ctx.executor().schedule(() -> check(ctx), nanos, TimeUnit.NANOSECONDS);
    }

    /** Thrown when the switch stays silent. */
    static final class Silence extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Silence(String message) {
            super(message, null, false, false);
        }
    }
}
