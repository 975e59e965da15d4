package io.vlink.gateway.openflow;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import org.projectfloodlight.openflow.protocol.OFMessage;

/** How messages are written. What cannot be written ends the connection through its last stage. */
final class Writes {

    private Writes() {}

    /** Not flushed, unless so much waits that a large batch would stall at the high-water mark. */
    static void write(Channel channel, OFMessage message) {
        ChannelFuture unused = channel.write(message, channel.voidPromise());
        if (!channel.isWritable()) {
            channel.flush();
        }
    }
}
