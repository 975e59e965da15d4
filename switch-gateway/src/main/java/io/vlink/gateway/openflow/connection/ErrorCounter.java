package io.vlink.gateway.openflow.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vlink.gateway.openflow.exchanges.OpenFlowMeters;
import io.vlink.gateway.openflow.frames.SwitchError;

/** Counts all error messages of one switch. Belongs to the event loop. */
final class ErrorCounter extends ChannelInboundHandlerAdapter {

    private final OpenFlowMeters meters;

    ErrorCounter(OpenFlowMeters meters) {
        this.meters = meters;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof SwitchError error) {
            meters.error(error.type());
        }
        ctx.fireChannelRead(message);
    }
}
