package io.vlink.gateway.openflow.frames;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Splits the stream into frames by the OpenFlow header (OpenFlow 1.4.1 §7.1): version, type, length, xid. The length field
 * limits a frame to 65,535 bytes.
 */
public final class FrameBounds extends ByteToMessageDecoder {

    public static final int HEADER_LENGTH = 8;
    private static final int LENGTH_OFFSET = 2;
    private static final int HIGHEST_VERSION = 6;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < HEADER_LENGTH) {
            return;
        }
        int version = in.getUnsignedByte(in.readerIndex());
        if (version < 1 || version > HIGHEST_VERSION) {
            throw bad(in, "The first byte (0x%02x) of a frame is not an OpenFlow version.".formatted(version));
        }
        int length = in.getUnsignedShort(in.readerIndex() + LENGTH_OFFSET);
        if (length < HEADER_LENGTH) {
            throw bad(in, "The length (%d) of a frame is less than the length of its header.".formatted(length));
        }
        if (in.readableBytes() >= length) {
            out.add(in.readRetainedSlice(length));
        }
    }

    /** Drops the rest: after a bad frame, frame boundaries are unknown. */
    private static BadFrame bad(ByteBuf in, String message) {
        in.skipBytes(in.readableBytes());
        return new BadFrame(message);
    }
}
