package io.vlink.gateway.openflow.exchanges;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import io.vlink.gateway.openflow.frames.RawPart;
import io.vlink.gateway.openflow.frames.SwitchError;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.protocol.OFBundleAddMsg;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFPortStatus;

/**
 * Matches answers to exchanges by xid. Other messages go on through the pipeline. All exchanges fail when the connection
 * closes. Belongs to the event loop.
 */
public final class PendingRequests extends ChannelInboundHandlerAdapter {

    /** One or more requests with answers that are awaited together. */
    interface Exchange {
        void answered(OFMessage answer);

        void failed(SwitchError error);

        void closed();
    }

    /** An exchange that takes its answers as bytes: all of its xids have the bit {@link RawPart#RAW}. */
    interface RawExchange extends Exchange {
        void part(RawPart part);
    }

    private final Duration deadline;
    private final Map<Long, Open> pending = new HashMap<>();
    private final Map<Exchange, Open> exchanges = new HashMap<>();
    private @Nullable ChannelHandlerContext context;
    private @Nullable ScheduledFuture<?> timer;
    private long lastXid;

    /** An exchange with requests that are not dropped yet. */
    private static final class Open {
        private final Exchange exchange;
        private int requests;
        /** The start, or the time of the last part of an answer. */
        private long progressAt = System.nanoTime();

        private String lastAsked = "request";

        Open(Exchange exchange) {
            this.exchange = exchange;
        }
    }

    /**
     * Creates the handler of one connection.
     *
     * @param deadline maximum wait of an exchange for the next part of its answers
     */
    public PendingRequests(Duration deadline) {
        this.deadline = deadline;
    }

    /** Creates a handler with the usual deadline of 10 s. */
    PendingRequests() {
        this(Duration.ofSeconds(10));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** Returns an xid that no pending request has, with or without the bit {@link RawPart#RAW}; the bit is not set. */
    long nextXid() {
        do {
            lastXid = lastXid + 1 & RawPart.RAW - 1;
        } while (lastXid == 0 || pending.containsKey(lastXid) || pending.containsKey(lastXid | RawPart.RAW));
        return lastXid;
    }

    /** Sends a request, not flushed. Its answers and errors go to the exchange until its xid is dropped. */
    void send(Channel channel, OFMessage request, Exchange exchange) {
        Open open = exchanges.computeIfAbsent(exchange, Open::new);
        if (pending.put(request.getXid(), open) == null) {
            open.requests++;
        }
        if (!(request instanceof OFFlowMod || request instanceof OFBundleAddMsg)) {
            open.lastAsked = request.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
        watch();
        Writes.write(channel, request);
    }

    /** Starts the only timer, which continues while requests are pending. */
    private void watch() {
        ChannelHandlerContext ctx = context;
        if (timer == null && ctx != null) {
            timer = ctx.executor().schedule(() -> look(ctx), deadline.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void look(ChannelHandlerContext ctx) {
        timer = null;
        if (pending.isEmpty() || !ctx.channel().isActive()) {
            return;
        }
        Open slowest =
                Collections.min(exchanges.values(), (one, other) -> Long.signum(one.progressAt - other.progressAt));
        long left = deadline.toNanos() - (System.nanoTime() - slowest.progressAt);
        if (left <= 0) {
            ctx.fireExceptionCaught(Hung.unanswered(slowest.lastAsked, deadline));
        } else {
            timer = ctx.executor().schedule(() -> look(ctx), left, TimeUnit.NANOSECONDS);
        }
    }

    void drop(long xid) {
        Open open = pending.remove(xid);
        if (open != null && --open.requests == 0) {
            exchanges.remove(open.exchange);
        }
    }

    void drop(Iterable<Long> xids) {
        xids.forEach(this::drop);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof SwitchError error) {
            Exchange exchange = heard(error.xid());
            if (exchange != null) {
                exchange.failed(error);
                return;
            }
        } else if (message instanceof RawPart part) {
            if (heard(part.xid()) instanceof RawExchange exchange) {
                exchange.part(part);
            }
            return;
        } else if (message instanceof OFMessage answer && !(answer instanceof OFPortStatus)) {
            Exchange exchange = heard(answer.getXid());
            if (exchange != null) {
                exchange.answered(answer);
                return;
            }
        }
        ctx.fireChannelRead(message);
    }

    private @Nullable Exchange heard(long xid) {
        Open open = pending.get(xid);
        if (open == null) {
            return null;
        }
        open.progressAt = System.nanoTime();
        return open.exchange;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
        List<Exchange> open = List.copyOf(exchanges.keySet());
        pending.clear();
        exchanges.clear();
        open.forEach(Exchange::closed);
        ctx.fireChannelInactive();
    }
}
