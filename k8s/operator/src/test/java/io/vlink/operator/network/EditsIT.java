package io.vlink.operator.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.statuses.Condition;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.operator.Kstatus;
import io.vlink.operator.cluster.ApiServer;
import io.vlink.operator.cluster.LocalCluster;
import io.vlink.operator.cluster.Others;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Edits of a serving network, judged by {@code kubectl wait} and by the rules of kstatus. */
@QuarkusTest
@QuarkusTestResource(LocalCluster.class)
final class EditsIT {

    private static final String MANIFEST =
            "{apiVersion: l2sm.l2sm.k8s.local/v1, kind: L2Network, metadata: {name: net}, spec: {type: vlink, overlay: o, vlink: {path: {fromEndpoint: node-a, toEndpoint: node-e, capabilities: {bandwidthBits: %dM}}}}}";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    private final ApiServer api = ApiServer.shared();

    @SuppressWarnings("NullAway.Init") // before each test
    private Others others;

    @SuppressWarnings("NullAway.Init") // before each test
    private NetworkId id;

    private String namespace = "";

    @BeforeEach
    void begin() {
        others = new Others(kafka);
        namespace = api.namespace();
        id = new NetworkId("o", namespace, "net");
    }

    @AfterEach
    void end() {
        api.kubectl("delete", "-n", namespace, "l2n", "--all", "--timeout=20s");
        others.close();
    }

    @Test
    void waitingForReadyRightAfterAnEditWaitsForThatEdit() {
        // Given: the path of each generation is named after it, and every version of the resource is judged
        Queue<String> early = new ConcurrentLinkedQueue<>();
        try (Watch watch = watch(early)) {
            for (int generation = 1; generation <= 10; generation++) {
                AtomicBoolean serves = new AtomicBoolean();

                // When
                apply(20 + generation);
                CompletableFuture<Boolean> servedAfterTheWait = CompletableFuture.supplyAsync(() -> {
                    kubectlWait("60s");
                    return serves.get();
                });
                shown(
                        "{.status.conditions[?(@.type=='Accepted')].reason} {.status.observedGeneration}",
                        "Deciding " + generation);
                serves.set(true);
                serve(generation);

                // Then
                assertThat(servedAfterTheWait.join()).as("edit %d", generation).isTrue();
                assertThat(get("{.status.forwardPath}")).isEqualTo("node-" + generation);
            }
            assertThat(watch).isNotNull();
        }
        assertThat(early).isEmpty();
    }

    @Test
    void aNewNetworkIsInProgressFromItsFirstMoment() {
        // When
        apply(20);

        // Then
        L2Network read = Objects.requireNonNull(api.client()
                .resources(L2Network.class)
                .inNamespace(namespace)
                .withName("net")
                .get());
        assertThat(Kstatus.of(
                        read,
                        Objects.requireNonNull(read.getStatus()).observedGeneration(),
                        read.getStatus().conditions()))
                .isEqualTo(Kstatus.IN_PROGRESS);
    }

    @Test
    void aRefusedEditIsSeenInTheTableAndIsNotReady() {
        // Given
        apply(20);
        await().untilAsserted(() -> assertThat(others.generation(id.toString())).isPositive());
        serve(1);
        kubectlWait("60s");

        // When
        others.refuse(namespace, "$.spec.path.capabilities.bandwidthBits", "OutOfRange", "It is too much.");
        apply(9999);
        shown("{.status.conditions[?(@.type=='Stalled')].reason}", "OutOfRange");

        // Then
        assertThat(api.kubectl("get", "-n", namespace, "l2n"))
                .containsPattern("net +True +Refused +node-1 +Available +0");
        assertThat(api.kubectl("get", "-n", namespace, "l2n", "-o", "wide"))
                .containsPattern("It is too much\\. +Available +0 +False");
        assertThat(get("{.status.conditions[?(@.type=='Ready')].observedGeneration}"))
                .isEqualTo("1");
        assertThatThrownBy(() -> kubectlWait("0")).isInstanceOf(ApiServer.Refused.class);
        others.grant(namespace);
    }

    private Watch watch(Queue<String> early) {
        return api.client().resources(L2Network.class).inNamespace(namespace).watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, L2Network seen) {
                L2NetworkStatus status = seen.getStatus();
                if (status == null || action == Action.DELETED) {
                    return;
                }
                boolean isDone = Kstatus.of(seen, status.observedGeneration(), status.conditions()) == Kstatus.CURRENT
                        || Kstatus.endsWait(seen, status.observedGeneration(), status.conditions(), "Ready");
                if (isDone && !("node-" + seen.getMetadata().getGeneration()).equals(status.forwardPath())) {
                    early.add(status.toString());
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                early.add(String.valueOf(cause));
            }
        });
    }

    /** Publishes that the last recorded generation serves. */
    private void serve(int generation) {
        long recorded = others.generation(id.toString());
        List<Condition> conditions = Arrays.stream(new Condition.Type[] {
                    Condition.Type.ACCEPTED, Condition.Type.ATTACHED, Condition.Type.PROGRAMMED, Condition.Type.READY
                })
                .map(type -> new Condition(type, Condition.Truth.TRUE, "Fine", "", recorded, Instant.now()))
                .toList();
        others.publish(
                Topic.STATUSES,
                id.overlay(),
                id.toString(),
                new NetworkStatus(
                        id,
                        new Revision(recorded, Instant.now().toEpochMilli(), 0),
                        0,
                        Phase.READY,
                        conditions,
                        List.of("node-" + generation),
                        List.of("node-" + generation),
                        List.of(),
                        List.of()));
    }

    private void apply(int mbits) {
        api.kubectlWith(MANIFEST.formatted(mbits), "apply", "-n", namespace, "-f", "-");
    }

    private void kubectlWait(String timeout) {
        api.kubectl("wait", "-n", namespace, "--for=condition=Ready", "l2n/net", "--timeout=" + timeout);
    }

    private String get(String path) {
        return api.kubectl("get", "-n", namespace, "l2n", "net", "-o", "jsonpath=" + path);
    }

    private void shown(String path, String expected) {
        await().untilAsserted(() -> assertThat(get(path)).isEqualTo(expected));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }
}
