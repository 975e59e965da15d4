package io.vlink.gateway.openflow.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vlink.events.PortNumber;
import io.vlink.gateway.openflow.exchanges.SwitchIdentity;
import io.vlink.gateway.openflow.frames.FrameBounds;
import io.vlink.gateway.openflow.frames.OpenFlowDecoder;
import io.vlink.gateway.openflow.frames.OpenFlowEncoder;
import io.vlink.gateway.switches.boundary.ObservedPort;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortReason;
import org.projectfloodlight.openflow.protocol.OFPortState;
import org.projectfloodlight.openflow.protocol.OFType;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.DatapathId;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFAuxId;
import org.projectfloodlight.openflow.types.OFPort;

/** The handshake, with a fake switch. */
class HandshakeTest {

    private final List<SwitchIdentity> done = new ArrayList<>();
    private final List<ObservedPort> ports = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(
            new FrameBounds(),
            new OpenFlowDecoder(),
            new OpenFlowEncoder(),
            new KeepAliveHandler(Duration.ofSeconds(5), Duration.ofSeconds(5)),
            new HandshakeHandler(Duration.ofSeconds(5), this::finished),
            new ChannelInboundHandlerAdapter() {
                @Override
                public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                    failures.add(String.valueOf(cause.getMessage()));
                }
            });

    private void finished(ChannelHandlerContext ctx, SwitchIdentity identity, Map<PortNumber, ObservedPort> seen) {
        done.add(identity);
        ports.addAll(seen.values());
    }

    private static ByteBuf hello(int version, int bitmap) {
        ByteBuf buffer = Unpooled.buffer().writeByte(version).writeByte(0).writeShort(bitmap == 0 ? 8 : 16);
        buffer.writeInt(1);
        return bitmap == 0 ? buffer : buffer.writeShort(1).writeShort(8).writeInt(bitmap);
    }

    private void receive(OFMessage message) {
        ByteBuf buffer = Unpooled.buffer();
        message.writeTo(buffer);
        channel.writeInbound(buffer);
    }

    private List<OFMessage> sent() throws Exception {
        List<OFMessage> messages = new ArrayList<>();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            messages.add(OFFactories.getGenericReader().readFrom(bytes));
            bytes.release();
        }
        return messages;
    }

    private static OFPortDesc port(OFFactory factory, int number, String name, Set<OFPortState> state) {
        return factory.buildPortDesc()
                .setPortNo(OFPort.of(number))
                .setHwAddr(MacAddress.of("02:00:00:00:00:01"))
                .setName(name)
                .setConfig(Set.of())
                .setState(state)
                .build();
    }

    private void answerAll(OFFactory factory, OFAuxId aux) {
        receive(factory.buildFeaturesReply()
                .setDatapathId(DatapathId.of(0xa))
                .setAuxiliaryId(aux)
                .build());
        receive(factory.buildPortDescStatsReply()
                .setEntries(List.of(
                        port(factory, 1, "p1", Set.of(OFPortState.LIVE)),
                        port(factory, 2, "p2", Set.of(OFPortState.LINK_DOWN)),
                        port(factory, OFPort.LOCAL.getPortNumber(), "br0", Set.of())))
                .build());
        receive(factory.buildDescStatsReply()
                .setMfrDesc("Nicira, Inc.")
                .setHwDesc("Open vSwitch")
                .setSwDesc("3.1.0")
                .setSerialNum("None")
                .setDpDesc("None")
                .build());
    }

    @ParameterizedTest
    @EnumSource(
            value = OFVersion.class,
            names = {"OF_13", "OF_14"})
    void learnsTheIdentityAndThePortsOfASwitch(OFVersion version) throws Exception {
        // Given
        assertThat(sent()).singleElement().satisfies(hello -> assertThat(hello.getVersion())
                .isEqualTo(OFVersion.OF_14));
        // When
        channel.writeInbound(hello(version.getWireVersion(), 0));
        assertThat(sent())
                .extracting(OFMessage::getType)
                .containsExactly(OFType.FEATURES_REQUEST, OFType.STATS_REQUEST, OFType.STATS_REQUEST);
        answerAll(OFFactories.getFactory(version), OFAuxId.MAIN);
        // Then
        assertThat(done).singleElement().satisfies(identity -> {
            assertThat(identity.datapathId()).hasToString("000000000000000a");
            assertThat(identity.version()).isEqualTo(version);
            assertThat(identity.description()).isEqualTo("Nicira, Inc. Open vSwitch 3.1.0");
        });
        assertThat(ports)
                .extracting(port -> port.name() + (port.up() ? " up" : " down"))
                .containsExactly("p1 up", "p2 down");
        assertThat(failures).isEmpty();
    }

    @Test
    void includesPortStatusMessagesDuringTheHandshake() {
        // Given
        OFFactory factory = OFFactories.getFactory(OFVersion.OF_14);
        channel.writeInbound(hello(5, 0x20));
        // When
        receive(factory.buildPortDescStatsReply()
                .setEntries(List.of(port(factory, 1, "p1", Set.of()), port(factory, 2, "p2", Set.of())))
                .build());
        receive(factory.buildPortStatus()
                .setReason(OFPortReason.DELETE)
                .setDesc(port(factory, 1, "p1", Set.of()))
                .build());
        receive(factory.buildPortStatus()
                .setReason(OFPortReason.MODIFY)
                .setDesc(port(factory, 2, "p2", Set.of(OFPortState.LINK_DOWN)))
                .build());
        receive(factory.buildFeaturesReply().setDatapathId(DatapathId.of(1)).build());
        receive(factory.buildDescStatsReply()
                .setMfrDesc("m")
                .setHwDesc("h")
                .setSwDesc("s")
                .setSerialNum("")
                .setDpDesc("")
                .build());
        // Then
        assertThat(ports)
                .extracting(port -> port.name() + (port.up() ? " up" : " down"))
                .containsExactly("p2 down");
    }

    @Test
    void tellsASwitchOfVersion10WhyItIsRefused() {
        // Given
        ((ByteBuf) channel.readOutbound()).release();
        // When
        channel.writeInbound(hello(1, 0));
        // Then
        ByteBuf error = channel.readOutbound();
        assertThat(error.getUnsignedByte(1)).as("type").isEqualTo((short) 1);
        assertThat(error.getUnsignedShort(8)).as("OFPET_HELLO_FAILED").isZero();
        assertThat(error.getUnsignedShort(10)).as("OFPHFC_INCOMPATIBLE").isZero();
        assertThat(error.toString(StandardCharsets.US_ASCII))
                .contains("Vlink speaks OpenFlow 1.4 and 1.3; the switch speaks up to 1.0.");
        assertThat(failures).singleElement().asString().contains("up to 1.0");
        error.release();
    }

    @Test
    void refusesAuxiliaryConnections() {
        // Given
        channel.writeInbound(hello(5, 0x20));
        // When
        answerAll(OFFactories.getFactory(OFVersion.OF_14), OFAuxId.of(1));
        // Then
        assertThat(done).isEmpty();
        assertThat(failures).singleElement().asString().contains("Auxiliary connections (this is number 1)");
    }

    @Test
    void failsAtTheDeadline() {
        // Given
        channel.writeInbound(hello(5, 0x20));
        // When
        channel.advanceTimeBy(6, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        // Then
        assertThat(failures).anySatisfy(why -> assertThat(why).contains("not complete within 5000 ms"));
    }
}
