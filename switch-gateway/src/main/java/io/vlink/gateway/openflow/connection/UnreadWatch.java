package io.vlink.gateway.openflow.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.ScheduledFuture;
import io.vlink.gateway.openflow.exchanges.Hung;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection when its peer has stopped reading: output is waiting, and not a byte of it has left for a while. Costs a
 * timer only while the socket does not accept everything at once.
 */
final class UnreadWatch extends ChannelDuplexHandler {

    private static final int LOOKS = 5;

    private final Duration deadline;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable Object first;
    private long sentOfFirst;
    private long changedAt;

    /**
     * Creates the handler of one connection.
     *
     * @param deadline maximum time without a byte sent while output is waiting
     */
    UnreadWatch(Duration deadline) {
        this.deadline = deadline;
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        if (timer == null && ctx.channel().isActive() && waits(ctx)) {
            note(ctx);
            schedule(ctx);
        }
    }

    private static boolean waits(ChannelHandlerContext ctx) {
        ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
        return buffer != null && !buffer.isEmpty();
    }

    /** Returns whether anything was sent since the last call. */
    private boolean note(ChannelHandlerContext ctx) {
        ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
        Object current = buffer == null ? null : buffer.current();
        long sent = buffer == null ? 0 : buffer.currentProgress();
        boolean changed = current != first || sent != sentOfFirst;
        first = current;
        sentOfFirst = sent;
        if (changed) {
            changedAt = System.nanoTime();
        }
        return changed;
    }

    private void schedule(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> look(ctx), deadline.toNanos() / LOOKS, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext ctx) {
        timer = null;
        if (!ctx.channel().isActive()) {
            return;
        }
        if (!waits(ctx)) {
            first = null;
        } else if (!note(ctx) && System.nanoTime() - changedAt >= deadline.toNanos()) {
            ctx.fireExceptionCaught(Hung.unread(deadline));
        } else {
            schedule(ctx);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
        first = null;
        ctx.fireChannelInactive();
    }
}
