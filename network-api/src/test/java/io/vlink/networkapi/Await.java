package io.vlink.networkapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Waits with a deadline. */
public final class Await {

    /** One overlay in each partition: each of two instances owns some of them. */
    public static final List<String> OVERLAYS = IntStream.range(0, 8)
            .mapToObj(partition -> Stream.iterate(0, i -> i + 1)
                    .map(i -> "overlay-" + i)
                    .filter(name -> KafkaUser.partition(name) == partition)
                    .findFirst()
                    .orElseThrow())
            .toList();

    private Await() {}

    /**
     * Returns a client of the service once it is ready and answers writes to overlays of every partition. An instance
     * that an earlier test killed owns its partitions until Kafka's group removes it.
     */
    public static Rest serving(URI base) {
        Rest rest = new Rest(base);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(
                        () -> assertThat(rest.get("/q/health/ready").status()).isEqualTo(200));
        for (String overlay : OVERLAYS) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                            rest.delete("/v1/overlays/%s/namespaces/await/networks/nothing".formatted(overlay))
                                    .status())
                    .isEqualTo(204));
        }
        return rest;
    }
}
