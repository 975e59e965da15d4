package io.vlink.gateway.openflow.frames;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageDecoder;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFVersion;

/**
 * Decodes frames to {@link Hello}, {@link SwitchError}, {@link RawPart} or Loxi's messages. Skips types that no handler needs,
 * such as packet-in.
 */
public final class OpenFlowDecoder extends MessageToMessageDecoder<ByteBuf> {

    private static final Logger LOG = Logger.getLogger(OpenFlowDecoder.class);

    private @Nullable OFVersion version;

    /** Accepts only this version from now on. */
    public void negotiated(OFVersion agreed) {
        version = agreed;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf frame, List<Object> out) {
        MessageType type = MessageType.of(frame.getUnsignedByte(1));
        if (type == MessageType.HELLO) {
            out.add(Hello.read(frame));
            return;
        }
        OFVersion agreed = version;
        if (agreed == null) {
            throw new BadFrame("A message of type %d came before the hello.".formatted(frame.getUnsignedByte(1)));
        }
        if (frame.getUnsignedByte(0) != agreed.getWireVersion()) {
            throw new BadFrame("A message has the version 0x%02x instead of the agreed %s."
                    .formatted(frame.getUnsignedByte(0), agreed));
        }
        switch (type) {
            case HELLO, OTHER -> {}
            case ERROR ->
                out.add(SwitchError.read(frame, OFFactories.getFactory(agreed).getReader()));
            case AWAITED -> out.add(RawPart.is(frame) ? RawPart.read(frame) : message(frame, agreed));
        }
    }

    private static OFMessage message(ByteBuf frame, OFVersion agreed) {
        int type = frame.getUnsignedByte(1);
        OFMessage message;
        try {
            message = OFFactories.getFactory(agreed).getReader().readFrom(frame);
        } catch (OFParseError | RuntimeException e) { // Loxi throws any kind of exception for invalid bytes
            if (ReadableFlows.are(frame)) {
                return readable(frame, agreed);
            }
            throw new BadFrame("A message of type %d cannot be read: %s".formatted(type, reason(e)));
        }
        if (message == null || frame.isReadable()) {
            throw new BadFrame("The content of a message of type %d does not match its length.".formatted(type));
        }
        return message;
    }

    /** Reads the rules that can be read: one unreadable rule must not hide the others. */
    private static OFMessage readable(ByteBuf frame, OFVersion agreed) {
        ReadableFlows.ReadFlows read =
                ReadableFlows.read(frame, OFFactories.getFactory(agreed).getReader());
        LOG.warnf(
                "%d rules with Vlink's mark cannot be read and are left unchanged. Run \"./vlink audit\" to list them.",
                read.unread());
        frame.skipBytes(frame.readableBytes());
        return read.reply();
    }

    private static String reason(Throwable thrown) {
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
