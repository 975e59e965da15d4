package io.vlink.gateway.openflow;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.projectfloodlight.openflow.protocol.OFMessage;

/**
 * Which exchange an answer belongs to, by xid. Answers that nobody asked for go on through the pipeline. All exchanges
 * fail when the connection closes. Belongs to the event loop.
 */
final class PendingRequests extends ChannelInboundHandlerAdapter {

    /** One or more requests whose answers are awaited together. */
    interface Exchange {
        void answered(OFMessage answer);

        void failed(SwitchError error);

        void closed();
    }

    /** One that takes its answers as bytes: all of its xids have the bit {@link RawPart#RAW}. */
    interface RawExchange extends Exchange {
        void part(RawPart part);
    }

    private final Map<Long, Exchange> pending = new HashMap<>();
    private long lastXid;

    /** An xid that no pending request has, with or without the bit {@link RawPart#RAW}; it comes without. */
    long nextXid() {
        do {
            lastXid = lastXid + 1 & RawPart.RAW - 1;
        } while (lastXid == 0 || pending.containsKey(lastXid) || pending.containsKey(lastXid | RawPart.RAW));
        return lastXid;
    }

    /** Sends a request whose answers and errors go to an exchange until it is forgotten. Not flushed. */
    void send(Channel channel, OFMessage request, Exchange exchange) {
        pending.put(request.getXid(), exchange);
        Writes.write(channel, request);
    }

    void forget(long xid) {
        pending.remove(xid);
    }

    void forget(Iterable<Long> xids) {
        xids.forEach(pending::remove);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof SwitchError error) {
            Exchange exchange = pending.get(error.xid());
            if (exchange != null) {
                exchange.failed(error);
                return;
            }
        } else if (message instanceof RawPart part) {
            if (pending.get(part.xid()) instanceof RawExchange exchange) {
                exchange.part(part);
            }
            return;
        } else if (message instanceof OFMessage answer) {
            Exchange exchange = pending.get(answer.getXid());
            if (exchange != null && !(answer instanceof org.projectfloodlight.openflow.protocol.OFPortStatus)) {
                exchange.answered(answer);
                return;
            }
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Set<Exchange> open = Set.copyOf(pending.values());
        pending.clear();
        List.copyOf(open).forEach(Exchange::closed);
        ctx.fireChannelInactive();
    }
}
