package io.vlink.networkapi.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.LocalKafka;
import io.vlink.networkapi.Rest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** An instance that is told to stop while it is called without a pause. */
@QuarkusTest
@QuarkusTestResource(LocalKafka.class)
final class StoppingIT {

    private static final String NETWORKS = "/v1/overlays/stopping/namespaces/n/networks";
    private static final String PATH = "'path':{'fromEndpoint':'a','toEndpoint':'b'}";
    private static final int CALLERS = 8;

    private final Set<String> recorded = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

    @TestHTTPResource("/")
    URI base = URI.create("/");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    @Test
    void whatIsRecordedIsAnsweredAndTheRestIsRefused() {
        // Given
        try (ServiceProcess process = ServiceProcess.start(kafka);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Rest there = Await.serving(process.base());
            List<CompletableFuture<Void>> callers = IntStream.range(0, CALLERS)
                    .mapToObj(caller -> CompletableFuture.runAsync(
                            () -> {
                                int i = 0;
                                while (isAnswered(there, "n-%d-%d".formatted(caller, i))) {
                                    i++;
                                }
                            },
                            threads))
                    .toList();
            await().until(() -> recorded.size() > 20 * CALLERS);
            var patient = there.putLater(NETWORKS + "/patient", "{" + PATH + "}", "Prefer", "wait=60");
            await().untilAsserted(() ->
                    assertThat(there.get(NETWORKS + "/patient").status()).isEqualTo(200));

            // When
            process.terminate();

            // Then
            assertThat(process.endsWithin(Duration.ofSeconds(30))).isTrue();
            callers.forEach(CompletableFuture::join);
            assertThat(patient.join().status()).isEqualTo(202);
        }
        Rest here = Await.serving(base);
        await().untilAsserted(() -> assertThat(recorded)
                .allSatisfy(name ->
                        assertThat(here.get(NETWORKS + "/" + name).status()).isEqualTo(200)));
        assertThat(refused).isNotEmpty();
        assertThat(refused)
                .allSatisfy(name ->
                        assertThat(here.get(NETWORKS + "/" + name).status()).isEqualTo(404));
        assertThat(unanswered)
                .allSatisfy(name ->
                        assertThat(here.get(NETWORKS + "/" + name).status()).isEqualTo(404));
    }

    private boolean isAnswered(Rest there, String name) {
        try {
            var reply = there.post(NETWORKS, "{'name':'%s',%s}".formatted(name, PATH));
            assertThat(reply.status()).isIn(202, 503);
            if (reply.status() == 202) {
                recorded.add(name);
            } else {
                assertThat(reply.json().path("detail").asText()).isEqualTo("This instance is stopping.");
                refused.add(name);
            }
            return true;
        } catch (AssertionError e) {
            if (e.getCause() instanceof IOException) {
                unanswered.add(name);
                return false;
            }
            throw e;
        }
    }
}
