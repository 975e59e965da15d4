package io.vlink.gateway.openflow.connection;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.vlink.gateway.openflow.exchanges.Hung;
import io.vlink.gateway.openflow.frames.BadFrame;
import java.io.IOException;
import org.jboss.logging.Logger;

/** Ends a connection after an error: logs one line with reason and address, and closes only this connection. */
final class LastStage extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = Logger.getLogger(LastStage.class);

    private boolean ended;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        // No handler needs it.
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
        Throwable cause = thrown instanceof CodecException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (ended) {
            return;
        }
        ended = true;
        String from = Addresses.of(ctx.channel().remoteAddress());
        SwitchSession session = ctx.pipeline().get(SwitchSession.class);
        String who = session == null ? "unknown" : session.datapathId().toString();
        String reason = String.valueOf(cause.getMessage());
        switch (cause) {
            case Hung hung -> {
                reason = session == null ? reason : session.hung(reason);
                LOG.warnf("Connection closed: %s address=%s datapathId=%s", reason, from, who);
            }
            case BadFrame bad ->
                LOG.warnf("Connection closed: %s address=%s datapathId=%s", bad.getMessage(), from, who);
            case KeepAliveHandler.Silence silence ->
                LOG.warnf("Connection closed: %s address=%s datapathId=%s", silence.getMessage(), from, who);
            case IOException io ->
                LOG.debugf("Connection lost: %s address=%s datapathId=%s", io.getMessage(), from, who);
            default -> LOG.warnf(cause, "Connection closed: %s address=%s datapathId=%s", cause, from, who);
        }
        if (session != null) {
            session.ending(reason);
        }
        ChannelFuture unused = ctx.close();
    }
}
