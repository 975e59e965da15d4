package io.vlink.networkapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;

/** Waits, with a deadline. */
public final class Await {

    private Await() {}

    /** A caller of the service, once that is ready. */
    public static Rest serving(URI base) {
        Rest rest = new Rest(base);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(
                        () -> assertThat(rest.get("/q/health/ready").status()).isEqualTo(200));
        return rest;
    }
}
