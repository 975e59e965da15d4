package io.vlink.gateway.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * One part of a multipart reply as it came over the wire. Loxi does not read every rule that others may write, and gives up
 * the whole message for one; who must see all of them asks under an xid of {@link #RAW} and reads the bytes.
 *
 * @param xid that of the question
 * @param more whether further parts follow
 * @param body what comes behind the multipart header
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record RawPart(long xid, boolean more, byte[] body) {

    /** The bit of an xid that says that its replies are not for Loxi. */
    static final long RAW = 0x8000_0000L;

    private static final int MULTIPART_REPLY = 19;
    private static final int XID = 4;
    private static final int FLAGS = 10;
    private static final int BODY = 16;
    private static final int MORE = 1;

    /** Whether a frame answers a question that was asked for its bytes. */
    static boolean is(ByteBuf frame) {
        return frame.getUnsignedByte(1) == MULTIPART_REPLY && (frame.getUnsignedInt(XID) & RAW) != 0;
    }

    static RawPart read(ByteBuf frame) {
        if (frame.readableBytes() < BODY) {
            throw new BadFrame("A multipart reply of %d bytes is too short.".formatted(frame.readableBytes()));
        }
        return new RawPart(
                frame.getUnsignedInt(XID),
                (frame.getUnsignedShort(FLAGS) & MORE) != 0,
                ByteBufUtil.getBytes(frame, BODY, frame.readableBytes() - BODY));
    }
}
