package io.vlink.gateway.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts the stream into frames by the OpenFlow header (OpenFlow 1.4.1 §7.1): version, type, length, xid. A frame cannot be
 * larger than the 65,535 bytes that its length field can say.
 */
final class FrameBounds extends ByteToMessageDecoder {

    static final int HEADER_LENGTH = 8;
    private static final int LENGTH_OFFSET = 2;
    private static final int HIGHEST_VERSION = 6;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < HEADER_LENGTH) {
            return;
        }
        int version = in.getUnsignedByte(in.readerIndex());
        if (version < 1 || version > HIGHEST_VERSION) {
            throw bad(in, "The first byte (0x%02x) of a frame is no OpenFlow version.".formatted(version));
        }
        int length = in.getUnsignedShort(in.readerIndex() + LENGTH_OFFSET);
        if (length < HEADER_LENGTH) {
            throw bad(in, "The length (%d) of a frame is less than that of its header.".formatted(length));
        }
        if (in.readableBytes() >= length) {
            out.add(in.readRetainedSlice(length));
        }
    }

    /** Nothing after a bad frame can be told apart. */
    private static BadFrame bad(ByteBuf in, String message) {
        in.skipBytes(in.readableBytes());
        return new BadFrame(message);
    }
}
