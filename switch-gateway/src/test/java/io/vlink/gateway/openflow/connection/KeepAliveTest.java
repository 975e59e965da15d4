package io.vlink.gateway.openflow.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.protocol.OFEchoReply;
import org.projectfloodlight.openflow.protocol.OFEchoRequest;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFVersion;

/** Echoes in both directions. */
class KeepAliveTest {

    private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_14);

    private int answered;
    private final List<Throwable> failures = new ArrayList<>();
    private final KeepAliveHandler keepAlive = new KeepAliveHandler(Duration.ofMillis(30), Duration.ofMillis(30));
    private final EmbeddedChannel channel = new EmbeddedChannel(keepAlive, new ChannelInboundHandlerAdapter() {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            failures.add(cause);
        }
    });

    @Test
    void answersAnEcho() {
        // When
        channel.writeInbound(
                FACTORY.buildEchoRequest().setXid(5).setData(new byte[] {1, 2}).build());
        // Then
        OFEchoReply reply = channel.readOutbound();
        assertThat(reply.getXid()).isEqualTo(5);
        assertThat(reply.getData()).containsExactly(1, 2);
    }

    @Test
    void probesASilentSwitchAndClosesIfItDoesNotAnswer() {
        // Given
        keepAlive.begin(OFVersion.OF_14);
        // Then
        Awaitility.await().untilAsserted(() -> {
            channel.runScheduledPendingTasks();
            assertThat(channel.outboundMessages()).singleElement().isInstanceOf(OFEchoRequest.class);
        });
        Awaitility.await().untilAsserted(() -> {
            channel.runScheduledPendingTasks();
            assertThat(failures).singleElement().isInstanceOf(KeepAliveHandler.Silence.class);
        });
    }

    @Test
    void acceptsAnyMessageAsASignOfLife() {
        // Given
        keepAlive.begin(OFVersion.OF_14);
        // When
        Awaitility.await().untilAsserted(() -> {
            channel.runScheduledPendingTasks();
            while (channel.readOutbound() instanceof OFEchoRequest) {
                channel.writeInbound(FACTORY.buildEchoReply().build());
                answered++;
            }
            assertThat(answered).isGreaterThan(3);
        });
        // Then
        assertThat(failures).isEmpty();
    }
}
