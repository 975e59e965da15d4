package io.vlink.gateway.openflow.exchanges;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import org.projectfloodlight.openflow.protocol.OFMessage;

/** Writes messages. A message that cannot be written ends the connection through its last stage. */
public final class Writes {

    private Writes() {}

    /** Writes a message. Flushes only above the high-water mark, where a large batch would stall otherwise. */
    public static void write(Channel channel, OFMessage message) {
        ChannelFuture unused = channel.write(message, channel.voidPromise());
        if (!channel.isWritable()) {
            channel.flush();
        }
    }
}
