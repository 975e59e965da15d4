package io.vlink.gateway.openflow.frames;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.projectfloodlight.openflow.protocol.OFVersion;

/**
 * The peer's hello. Parsed here because elements of unknown types must be skipped, which Loxi does not do.
 *
 * @param version the version in the header: the highest that the peer speaks
 * @param bitmap bit n is set if the peer speaks version n; 0: the peer sent no bitmap
 */
public record Hello(int version, int bitmap) {

    private static final int ELEMENT_HEADER = 4;
    private static final int VERSION_BITMAP = 1;

    /** The versions that Vlink speaks, preferred first. Without 1.5: Loxi neither writes its bundles nor reads its statistics correctly. */
    private static final OFVersion[] SPOKEN = {OFVersion.OF_14, OFVersion.OF_13};

    static Hello read(ByteBuf frame) {
        int version = frame.getUnsignedByte(0);
        int at = FrameBounds.HEADER_LENGTH;
        int bitmap = 0;
        while (frame.readableBytes() - at >= ELEMENT_HEADER) {
            int type = frame.getUnsignedShort(at);
            int length = frame.getUnsignedShort(at + 2);
            if (length < ELEMENT_HEADER || at + length > frame.readableBytes()) {
                throw new BadFrame("The length (%d) of a hello element is invalid.".formatted(length));
            }
            if (type == VERSION_BITMAP && length >= 2 * ELEMENT_HEADER) {
                bitmap = frame.getInt(at + ELEMENT_HEADER);
            }
            // Elements are padded to 8 bytes (OpenFlow 1.4.1 §7.5.1).
            at += (length + 7) / 8 * 8;
        }
        return new Hello(version, bitmap);
    }

    /** Returns the offered versions as a bitmap. */
    public static int offered() {
        int bits = 0;
        for (OFVersion version : SPOKEN) {
            bits |= 1 << version.getWireVersion();
        }
        return bits;
    }

    public static OFVersion highest() {
        return SPOKEN[0];
    }

    /**
     * Returns the version to speak (OpenFlow 1.3.1 §6.3.1): with bitmaps on both sides the highest common version; otherwise
     * the smaller version of both headers, if Vlink speaks it.
     */
    public Optional<OFVersion> negotiate() {
        int smaller = Math.min(version, highest().getWireVersion());
        for (OFVersion spoken : SPOKEN) {
            int wire = spoken.getWireVersion();
            if (bitmap != 0 ? (bitmap & 1 << wire) != 0 : wire == smaller) {
                return Optional.of(spoken);
            }
        }
        return Optional.empty();
    }

    /** Returns the versions of the peer, in words. */
    public String words() {
        return bitmap == 0 ? "up to 1." + (version - 1) : "bitmap 0x%x".formatted(bitmap);
    }
}
