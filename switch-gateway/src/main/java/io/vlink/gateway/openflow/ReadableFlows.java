package io.vlink.gateway.openflow;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMessageReader;

/**
 * Reads a reply with rules of which Loxi cannot read one. It gives up the whole message then, and with it all rules beside
 * that one. So each entry is read for itself (OpenFlow 1.4.1 §7.3.5.2: it begins with its own length), and those that
 * cannot be read are left out.
 */
final class ReadableFlows {

    private static final int MULTIPART_REPLY = 19;
    private static final int LENGTH = 2;
    private static final int TYPE = 8;
    private static final int FLOW = 1;
    private static final int BODY = 16;
    /** A flow entry without match and instructions. */
    private static final int SHORTEST_ENTRY = 48;

    private ReadableFlows() {}

    /**
     * What can be read of a reply.
     *
     * @param reply the reply without the rules that cannot be read
     * @param unread how many those are
     */
    record Read(OFFlowStatsReply reply, int unread) {}

    /** Whether a frame, from its index 0 on, is a reply with rules. */
    static boolean are(ByteBuf frame) {
        return frame.writerIndex() >= BODY
                && frame.getUnsignedByte(1) == MULTIPART_REPLY
                && frame.getUnsignedShort(TYPE) == FLOW;
    }

    /**
     * Reads each entry for itself.
     *
     * @throws BadFrame if the entries' lengths do not fit into the frame, or what is around them cannot be read
     */
    static Read read(ByteBuf frame, OFMessageReader<OFMessage> reader) {
        List<OFFlowStatsEntry> entries = new ArrayList<>();
        OFFlowStatsReply empty = reply(frame, 0, 0, reader);
        int unread = 0;
        int end = frame.writerIndex();
        for (int at = BODY; at < end; ) {
            int length = end - at < SHORTEST_ENTRY ? 0 : frame.getUnsignedShort(at);
            if (length < SHORTEST_ENTRY || length > end - at) {
                throw new BadFrame("A rule of %d bytes stands where %d bytes are left.".formatted(length, end - at));
            }
            try {
                entries.addAll(reply(frame, at, length, reader).getEntries());
            } catch (BadFrame e) {
                unread++;
            }
            at += length;
        }
        return new Read(empty.createBuilder().setEntries(entries).build(), unread);
    }

    /** A reply with the one entry that stands at {@code at}; with none, where its length is 0. */
    private static OFFlowStatsReply reply(ByteBuf frame, int at, int length, OFMessageReader<OFMessage> reader) {
        ByteBuf alone = frame.alloc().heapBuffer(BODY + length);
        try {
            alone.writeBytes(frame, 0, BODY).writeBytes(frame, at, length);
            alone.setShort(LENGTH, BODY + length);
            if (reader.readFrom(alone) instanceof OFFlowStatsReply reply && !alone.isReadable()) {
                return reply;
            }
        } catch (OFParseError | RuntimeException e) { // strange bytes bring every kind of exception out of Loxi
            throw new BadFrame("A rule cannot be read: %s".formatted(e.getMessage()));
        } finally {
            alone.release();
        }
        throw new BadFrame("A rule is not as long as it says.");
    }
}
