package io.vlink.gateway.openflow.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopProbesTest {

    private final EventLoopGroup group = new NioEventLoopGroup(2);
    private final LoopProbes probes = new LoopProbes(group);

    @AfterEach
    void close() {
        assertThat(group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void reportHowLongALoopHasBeenStuck() {
        // Given
        CountDownLatch end = new CountDownLatch(1);
        group.next().execute(() -> await().atMost(Duration.ofSeconds(60)).until(() -> end.getCount() == 0));

        // When
        assertThat(probes.longestSilence()).isZero();

        // Then: the other loop has run its task
        await().atMost(Duration.ofSeconds(60))
                .until(() -> probes.longestSilence().compareTo(Duration.ofMillis(200)) > 0);
        end.countDown();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> probes.longestSilence().isZero());
    }
}
