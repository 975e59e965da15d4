package io.vlink.networkapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;

/** Waits, with a deadline. */
public final class Await {

    private Await() {}

    /**
     * A caller of the service, once that is ready and writes to the overlay {@code default} are answered: an instance that
     * was killed by the test before owns its partitions for as long as Kafka's group thinks it alive.
     */
    public static Rest serving(URI base) {
        Rest rest = new Rest(base);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(
                        () -> assertThat(rest.get("/q/health/ready").status()).isEqualTo(200));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        rest.delete("/v1/namespaces/await/networks/nothing").status())
                .isEqualTo(204));
        return rest;
    }
}
