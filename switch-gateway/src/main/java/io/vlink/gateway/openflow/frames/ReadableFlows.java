package io.vlink.gateway.openflow.frames;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMessageReader;

/**
 * Reads a reply with a rule that Loxi cannot read. Loxi rejects the whole message for one such rule. So each entry is read
 * separately (OpenFlow 1.4.1 §7.3.5.2: it begins with its own length), and unreadable entries are left out.
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
     * The readable part of a reply.
     *
     * @param reply the reply without the unreadable rules
     * @param unread the number of unreadable rules
     */
    record ReadFlows(OFFlowStatsReply reply, int unread) {}

    /** Returns whether a frame, from its index 0 on, is a reply with rules. */
    static boolean are(ByteBuf frame) {
        return frame.writerIndex() >= BODY
                && frame.getUnsignedByte(1) == MULTIPART_REPLY
                && frame.getUnsignedShort(TYPE) == FLOW;
    }

    /**
     * Reads each entry separately.
     *
     * @throws BadFrame if the lengths of the entries do not fit into the frame, or its header cannot be read
     */
    static ReadFlows read(ByteBuf frame, OFMessageReader<OFMessage> reader) {
        List<OFFlowStatsEntry> entries = new ArrayList<>();
        OFFlowStatsReply empty = reply(frame, 0, 0, reader);
        int unread = 0;
        int end = frame.writerIndex();
        for (int at = BODY; at < end; ) {
            int length = end - at < SHORTEST_ENTRY ? 0 : frame.getUnsignedShort(at);
            if (length < SHORTEST_ENTRY || length > end - at) {
                throw new BadFrame(
                        "The length (%d) of a rule does not fit into the %d bytes left.".formatted(length, end - at));
            }
            try {
                entries.addAll(reply(frame, at, length, reader).getEntries());
            } catch (BadFrame e) {
                unread++;
            }
            at += length;
        }
        return new ReadFlows(empty.createBuilder().setEntries(entries).build(), unread);
    }

    /** Reads a reply with only the entry at {@code at}, or with no entry if its length is 0. */
    private static OFFlowStatsReply reply(ByteBuf frame, int at, int length, OFMessageReader<OFMessage> reader) {
        ByteBuf alone = frame.alloc().heapBuffer(BODY + length);
        try {
            alone.writeBytes(frame, 0, BODY).writeBytes(frame, at, length);
            alone.setShort(LENGTH, BODY + length);
            if (reader.readFrom(alone) instanceof OFFlowStatsReply reply && !alone.isReadable()) {
                return reply;
            }
        } catch (OFParseError | RuntimeException e) { // Loxi throws any kind of exception for invalid bytes
            throw new BadFrame("A rule cannot be read: %s".formatted(e.getMessage()));
        } finally {
            alone.release();
        }
        throw new BadFrame("The content of a rule does not match its length.");
    }
}
