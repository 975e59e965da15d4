package io.vlink.networkapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;

/** Waits with a deadline. */
public final class Await {

    private Await() {}

    /**
     * Returns a client of the service once it is ready and answers writes to the overlay {@code default}. An instance
     * that an earlier test killed owns its partitions until Kafka's group removes it.
     */
    public static Rest serving(URI base) {
        Rest rest = new Rest(base);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(
                        () -> assertThat(rest.get("/q/health/ready").status()).isEqualTo(200));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        rest.delete("/v1/namespaces/await/networks/nothing").status())
                .isEqualTo(204));
        return rest;
    }
}
