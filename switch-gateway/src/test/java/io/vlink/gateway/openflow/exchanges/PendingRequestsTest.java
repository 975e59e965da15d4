package io.vlink.gateway.openflow.exchanges;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vlink.gateway.openflow.frames.SwitchError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFVersion;

/** Every exchange has a deadline, no matter what else the switch answers. */
class PendingRequestsTest {

    private static final OFFactory OF = OFFactories.getFactory(OFVersion.OF_14);

    private final List<String> ended = new ArrayList<>();
    private final PendingRequests pending = new PendingRequests(Duration.ofMillis(200));
    private final EmbeddedChannel channel = new EmbeddedChannel(pending, new ChannelInboundHandlerAdapter() {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ended.add(String.valueOf(cause.getMessage()));
        }
    });

    /** Waits for one barrier. */
    private final class One implements PendingRequests.Exchange {
        private final long xid = pending.nextXid();

        One ask() {
            pending.send(channel, OF.buildBarrierRequest().setXid(xid).build(), this);
            return this;
        }

        void answer() {
            channel.writeInbound(OF.buildBarrierReply().setXid(xid).build());
        }

        @Override
        public void answered(OFMessage answer) {
            pending.drop(xid);
        }

        @Override
        public void failed(SwitchError error) {}

        @Override
        public void closed() {}
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void await(Duration atMost, ThrowingRunnable until) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(atMost).untilAsserted(() -> {
            channel.runScheduledPendingTasks();
            until.run();
        });
    }

    @Test
    void endsTheConnectionIfOneExchangeGetsNoAnswerThoughOthersDo() {
        // Given
        new One().ask();
        // Then
        await(Duration.ofSeconds(5), () -> {
            new One().ask().answer();
            assertThat(ended).first().asString().contains("has not answered a barrier request");
        });
    }

    @Test
    void keepsAConnectionWithoutPendingRequests() {
        // Given
        long began = System.nanoTime();
        // Then
        await(Duration.ofSeconds(5), () -> {
            new One().ask().answer();
            assertThat(System.nanoTime() - began)
                    .isGreaterThan(Duration.ofMillis(500).toNanos());
        });
        assertThat(ended).isEmpty();
    }
}
