package io.vlink.gateway.openflow.frames;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * One part of a multipart reply as received. Loxi cannot read every rule of others, and rejects the whole message for one such
 * rule. A reader that needs all rules sends its request with the bit {@link #RAW} in the xid, and parses the bytes itself.
 *
 * @param xid the xid of the request
 * @param more whether further parts follow
 * @param body the bytes after the multipart header
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RawPart(long xid, boolean more, byte[] body) {

    /** The bit of an xid that keeps its replies from Loxi. */
    public static final long RAW = 0x8000_0000L;

    private static final int MULTIPART_REPLY = 19;
    private static final int XID = 4;
    private static final int FLAGS = 10;
    private static final int BODY = 16;
    private static final int MORE = 1;

    /** Returns whether a frame answers a request with the bit {@link #RAW}. */
    static boolean is(ByteBuf frame) {
        return frame.getUnsignedByte(1) == MULTIPART_REPLY && (frame.getUnsignedInt(XID) & RAW) != 0;
    }

    public static RawPart read(ByteBuf frame) {
        if (frame.readableBytes() < BODY) {
            throw new BadFrame("A multipart reply of %d bytes is too short.".formatted(frame.readableBytes()));
        }
        return new RawPart(
                frame.getUnsignedInt(XID),
                (frame.getUnsignedShort(FLAGS) & MORE) != 0,
                ByteBufUtil.getBytes(frame, BODY, frame.readableBytes() - BODY));
    }
}
