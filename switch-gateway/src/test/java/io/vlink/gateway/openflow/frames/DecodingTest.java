package io.vlink.gateway.openflow.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.protocol.OFBarrierReply;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFeaturesReply;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterModFailedCode;
import org.projectfloodlight.openflow.protocol.OFPacketInReason;
import org.projectfloodlight.openflow.protocol.OFStatsReplyFlags;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.DatapathId;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.OFErrorCauseData;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

/** Decodes bytes to messages: whole, byte by byte, two at once, and invalid ones. */
class DecodingTest {

    private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_14);

    private static final int MULTIPART_HEADER = 16;
    /** The offset of the first match field in a flow entry. */
    private static final int MATCH_FIELD = 52;

    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameBounds(), new OpenFlowDecoder());

    @BeforeEach
    void agreeOnAVersion() {
        channel.pipeline().get(OpenFlowDecoder.class).negotiated(OFVersion.OF_14);
    }

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    private static ByteBuf bytes(OFMessage... messages) {
        ByteBuf buffer = Unpooled.buffer();
        for (OFMessage message : messages) {
            message.writeTo(buffer);
        }
        return buffer;
    }

    private static OFMessage features() {
        return FACTORY.buildFeaturesReply()
                .setXid(7)
                .setDatapathId(DatapathId.of(10))
                .build();
    }

    @Test
    void readsAWholeMessage() {
        // When
        channel.writeInbound(bytes(features()));
        // Then
        OFFeaturesReply reply = channel.readInbound();
        assertThat(reply.getDatapathId().getLong()).isEqualTo(10);
        assertThat(reply.getXid()).isEqualTo(7);
    }

    @Test
    void readsAMessageThatComesByteByByte() {
        // Given
        ByteBuf bytes = bytes(features());
        // When
        while (bytes.isReadable()) {
            assertThat(channel.<Object>readInbound()).isNull();
            channel.writeInbound(bytes.readRetainedSlice(1));
        }
        // Then
        assertThat(channel.<Object>readInbound()).isInstanceOf(OFFeaturesReply.class);
    }

    @Test
    void readsTwoMessagesThatComeAtOnce() {
        // When
        channel.writeInbound(bytes(FACTORY.buildBarrierReply().setXid(1).build(), features()));
        // Then
        assertThat(channel.<Object>readInbound()).isInstanceOf(OFBarrierReply.class);
        assertThat(channel.<Object>readInbound()).isInstanceOf(OFFeaturesReply.class);
        assertThat(channel.<Object>readInbound()).isNull();
    }

    @Test
    void readsTheRulesBesideAnUnreadableOne() {
        // Given
        ByteBuf bytes = bytes(FACTORY.buildFlowStatsReply()
                .setXid(9)
                .setFlags(Set.of(OFStatsReplyFlags.REPLY_MORE))
                .setEntries(List.of(rule(1), rule(2), rule(3)))
                .build());
        int entry = (bytes.readableBytes() - MULTIPART_HEADER) / 3;
        bytes.setShort(MULTIPART_HEADER + entry + MATCH_FIELD, 0x7777); // not a class of match fields
        // When
        channel.writeInbound(bytes);
        // Then
        OFFlowStatsReply reply = channel.readInbound();
        assertThat(reply.getXid()).isEqualTo(9);
        assertThat(reply.getFlags()).containsExactly(OFStatsReplyFlags.REPLY_MORE);
        assertThat(reply.getEntries()).containsExactly(rule(1), rule(3));
    }

    @Test
    void refusesRulesWithInconsistentLengths() {
        // Given
        ByteBuf bytes = bytes(FACTORY.buildFlowStatsReply()
                .setXid(9)
                .setEntries(List.of(rule(1)))
                .build());
        bytes.setShort(MULTIPART_HEADER, 0);
        // When, then
        assertThatThrownBy(() -> channel.writeInbound(bytes)).hasRootCauseInstanceOf(BadFrame.class);
    }

    private static OFFlowStatsEntry rule(int port) {
        return FACTORY.buildFlowStatsEntry()
                .setTableId(TableId.ZERO)
                .setCookie(U64.of(port))
                .setMatch(FACTORY.buildMatch()
                        .setExact(MatchField.IN_PORT, OFPort.of(port))
                        .build())
                .build();
    }

    @Test
    void skipsMessagesThatNoHandlerNeeds() {
        // When
        channel.writeInbound(bytes(
                FACTORY.buildPacketIn()
                        .setBufferId(OFBufferId.NO_BUFFER)
                        .setReason(OFPacketInReason.ACTION)
                        .setTableId(TableId.ZERO)
                        .setCookie(U64.ZERO)
                        .setMatch(FACTORY.matchWildcardAll())
                        .setData(new byte[64])
                        .build(),
                features()));
        // Then
        assertThat(channel.<Object>readInbound()).isInstanceOf(OFFeaturesReply.class);
    }

    @Test
    void skipsAMessageOfUnknownType() {
        // Given
        ByteBuf unknown =
                Unpooled.buffer().writeByte(5).writeByte(200).writeShort(8).writeInt(1);
        // When
        channel.writeInbound(unknown, bytes(features()));
        // Then
        assertThat(channel.<Object>readInbound()).isInstanceOf(OFFeaturesReply.class);
    }

    @Test
    void describesAnErrorInWords() {
        // When
        channel.writeInbound(bytes(FACTORY.errorMsgs()
                .buildMeterModFailedErrorMsg()
                .setXid(9)
                .setCode(OFMeterModFailedCode.INVALID_METER)
                .setData(OFErrorCauseData.NONE)
                .build()));
        // Then
        SwitchError error = channel.readInbound();
        assertThat(error.xid()).isEqualTo(9);
        assertThat(error.words()).isEqualTo("METER_MOD_FAILED INVALID_METER");
    }

    @Test
    void keepsTheNumbersOfAnUnknownError() {
        // Given
        ByteBuf error = Unpooled.buffer()
                .writeByte(5)
                .writeByte(1)
                .writeShort(12)
                .writeInt(3)
                .writeShort(777)
                .writeShort(42);
        // When
        channel.writeInbound(error);
        // Then
        SwitchError read = channel.readInbound();
        assertThat(read.words()).isEqualTo("error of type 777, code 42");
    }

    @Test
    void refusesAnInvalidVersionByte() {
        ByteBuf http = Unpooled.copiedBuffer("GET / HTTP/1.1\r\n\r\n", StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> channel.writeInbound(http))
                .hasRootCauseInstanceOf(BadFrame.class)
                .hasRootCauseMessage("The first byte (0x47) of a frame is not an OpenFlow version.");
    }

    @Test
    void refusesALengthBelowThatOfTheHeader() {
        ByteBuf frame =
                Unpooled.buffer().writeByte(5).writeByte(2).writeShort(7).writeInt(0);
        assertThatThrownBy(() -> channel.writeInbound(frame))
                .hasRootCauseMessage("The length (7) of a frame is less than the length of its header.");
    }

    @Test
    void refusesAVersionOtherThanTheAgreedOne() {
        ByteBuf frame = bytes(OFFactories.getFactory(OFVersion.OF_13)
                .buildBarrierReply()
                .setXid(1)
                .build());
        assertThatThrownBy(() -> channel.writeInbound(frame))
                .hasRootCauseMessage("A message has the version 0x04 instead of the agreed OF_14.");
    }

    @Test
    void refusesAMessageBeforeTheHello() {
        // Given
        EmbeddedChannel fresh = new EmbeddedChannel(new FrameBounds(), new OpenFlowDecoder());
        // Then
        assertThatThrownBy(() -> fresh.writeInbound(bytes(features())))
                .hasRootCauseMessage("A message of type 6 came before the hello.");
    }

    @Test
    void refusesATruncatedMessage() {
        ByteBuf frame = Unpooled.buffer()
                .writeByte(5)
                .writeByte(6)
                .writeShort(12)
                .writeInt(1)
                .writeInt(1);
        assertThatThrownBy(() -> channel.writeInbound(frame)).hasRootCauseInstanceOf(BadFrame.class);
    }

    /** Every input is read, skipped, or refused as a bad frame, in short time. */
    @Test
    void survivesRandomBodies() {
        // Given
        Random random = new Random(7);
        int[] types = {0, 1, 2, 3, 6, 12, 19, 21, 25, 30, 33, 99};
        List<Throwable> others = new ArrayList<>();

        // When
        for (int i = 0; i < 20_000; i++) {
            EmbeddedChannel one = new EmbeddedChannel(new FrameBounds(), new OpenFlowDecoder());
            one.pipeline().get(OpenFlowDecoder.class).negotiated(OFVersion.OF_14);
            byte[] body = new byte[random.nextInt(80)];
            random.nextBytes(body);
            if (body.length > 8 && random.nextBoolean()) {
                // A known multipart type, with small numbers as lengths
                for (int at = 0; at < body.length; at++) {
                    body[at] = (byte) (random.nextInt(4) == 0 ? random.nextInt(24) : 0);
                }
            }
            ByteBuf frame = Unpooled.buffer()
                    .writeByte(5)
                    .writeByte(types[random.nextInt(types.length)])
                    .writeShort(8 + body.length)
                    .writeInt(1)
                    .writeBytes(body);
            try {
                one.writeInbound(frame);
            } catch (RuntimeException e) {
                if (!(e.getCause() instanceof BadFrame)) {
                    others.add(e);
                }
            }
            one.finishAndReleaseAll();
        }

        // Then
        assertThat(others).isEmpty();
    }
}
