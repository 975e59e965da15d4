package io.vlink.tests.deployments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vlink.tests.suite.Api;
import io.vlink.tests.suite.Command;
import io.vlink.tests.suite.ContainerSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** docker-compose.yml, and the guide in containers of images that were made without a registry. */
class ContainersE2E {

    private static final List<String> SWITCHES = List.of("switch-a", "switch-b", "switch-c", "switch-d", "switch-e");
    private static final List<String> SERVICES =
            List.of("network-api", "path-service", "flow-service", "switch-gateway");
    private static final List<String> CHECKED = concat(List.of("kafka"), SERVICES, SWITCHES);
    private static final List<String> CONTAINERS = concat(CHECKED, List.of("ping", "pong"));

    @Test
    void declaresEveryPartOfTheSuiteWithHealthChecksAndNothingPrivileged() throws IOException {
        try (ContainerSuite suite = new ContainerSuite()) {
            // When
            JsonNode services = new YAMLMapper().readTree(suite.config()).path("services");

            // Then
            assertThat(fieldNames(services)).containsExactlyInAnyOrderElementsOf(CONTAINERS);
            for (String name : CONTAINERS) {
                JsonNode service = services.path(name);
                assertThat(service.path("privileged").asBoolean()).as(name).isFalse();
                assertThat(service.path("cap_drop").toString()).as(name).isEqualTo("[\"ALL\"]");
                assertThat(service.has("cap_add")).as(name).isEqualTo(SWITCHES.contains(name));
                assertThat(service.path("image").asText()).as(name).matches("[a-z]+/[a-z-]+(:[a-z0-9.]+)?");
                assertThat(service.path("healthcheck").has("test")).as(name).isEqualTo(CHECKED.contains(name));
            }
            assertThat(services.path("kafka").path("volumes").get(0).asText())
                    .isEqualTo("kafka-data:/var/lib/kafka/data:rw");
        }
    }

    @Test
    void doesTheGuideInContainersAndSurvivesReplacedOnes() {
        try (ContainerSuite suite = new ContainerSuite()) {
            // When
            String printed = suite.demo();

            // Then: the proof of the demo by the counters of every switch, and a ping in the other direction
            assertThat(printed)
                    .contains("10 packets transmitted, 10 received")
                    .contains("Forward frames crossed a-c-d-e and never node-b; reverse frames crossed e-d-b-a and"
                            + " never node-c");
            assertThat(suite.exec("pong", "ping", "-c", "5", "-i", "0.2", "-W", "2", "192.168.1.2"))
                    .contains("5 received");
            assertThatNothingIsPrivileged(suite);

            // When: a switch is restarted. Then: its rules and its workload come back
            suite.restartSwitch("a");
            await("ping over the restarted switch")
                    .atMost(Duration.ofSeconds(60))
                    .ignoreException(AssertionError.class)
                    .untilAsserted(() -> assertThat(
                                    suite.exec("ping", "ping", "-c", "2", "-i", "0.2", "-W", "1", "192.168.1.3"))
                            .contains("2 received"));

            // When: Kafka's container is replaced. Then: its volume still has the records
            suite.replace("kafka", "network-api");
            await("the recorded network")
                    .atMost(Duration.ofSeconds(60))
                    .ignoreException(UncheckedIOException.class)
                    .untilAsserted(() -> assertThat(suite.api()
                                    .get(Api.network("default", "vlink-sample"))
                                    .phase())
                            .isEqualTo("Ready"));
            assertThat(suite.audit()).isEqualTo(new Command.Result(0, ""));
        }
    }

    private static void assertThatNothingIsPrivileged(ContainerSuite suite) {
        List<JsonNode> containers = suite.inspectAll();
        assertThat(containers).hasSize(CONTAINERS.size());
        for (JsonNode container : containers) {
            String name = container
                    .path("Config")
                    .path("Labels")
                    .path("com.docker.compose.service")
                    .asText();
            JsonNode host = container.path("HostConfig");
            assertThat(host.path("Privileged").asBoolean()).as(name).isFalse();
            if (CHECKED.contains(name)) {
                assertThat(container.path("State").path("Health").path("Status").asText())
                        .as(name)
                        .isEqualTo("healthy");
            }
            if (!SWITCHES.contains(name)) {
                assertThat(host.path("CapAdd").size()).as(name).isZero();
                assertThat(container.path("Config").path("User").asText())
                        .as(name)
                        .isNotIn("", "0", "root", "0:0");
            }
            assertThat(host.path("ReadonlyRootfs").asBoolean()).as(name).isEqualTo(!name.equals("kafka"));
        }
    }

    private static Set<String> fieldNames(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @SafeVarargs
    private static List<String> concat(List<String>... lists) {
        List<String> all = new ArrayList<>();
        for (List<String> list : lists) {
            all.addAll(list);
        }
        return List.copyOf(all);
    }
}
