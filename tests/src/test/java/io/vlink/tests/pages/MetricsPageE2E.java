package io.vlink.tests.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.tests.suite.Playground;
import io.vlink.tests.suite.ServiceProcess;
import io.vlink.tests.suite.Suite;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} says all that the services serve, and each stage of a vlink's way is measured. */
class MetricsPageE2E {

    private static final String HEAD = """
            # Metrics

            Every service serves them at `/q/metrics` for Prometheus. The table is generated from what a running suite serves (`MetricsPageE2E`, with
            `-Dpages=write`). Beside these, Quarkus serves its own: `http_server_requests_seconds` for each REST call, `jvm_*`, `process_*`.

            ## The stages of a vlink's way

            A hop ends when what follows from a record was put out, and begins with the record's timestamp, so each hop names a stage; together they are the way from
            the call to the answer.

            | stage | what it took | metric | served by |
            |---|---|---|---|
            | recorded | from the call until the record stands in Kafka | `vlink_api_recorded_seconds` | network-api |
            | decided | until the decision is written | `vlink_log_hop_seconds{topic="vlink.networks"}`, or `"vlink.attachments"` | path-service |
            | compiled | until the rule sets are written | `vlink_log_hop_seconds{topic="vlink.paths"}` | flow-service |
            | sent | until they are on their way to the switch | `vlink_log_hop_seconds{topic="vlink.rules"}` | switch-gateway |
            | applied | until the switch has confirmed all of the batch | `vlink_gateway_batch_seconds` | switch-gateway |
            | Ready | until the status is written | `vlink_log_hop_seconds{topic="vlink.rule-states"}` | flow-service |
            | shown | until those who wait are answered | `vlink_log_hop_seconds{topic="vlink.statuses"}` | network-api |

            Timestamps of records are milliseconds, so a single hop is right to one; means over many are right to less. Clocks of different hosts must agree.

            ## What to watch

            * `vlink_log_lag` that grows: the service does not keep up. `vlink_log_silence_seconds` above 5: Kafka is away, and the service is not ready.
            * The log says the same thing 20 times in a minute at most (at INFO 200 times), where only numbers differ, and one logger ten times as many things; the rest is told once a minute as
              `12345 more like this were left out`, until a minute passes without it.
            * `vlink_log_failures_total`: writing failed and everything was loaded again. `vlink_log_records_written_total{topic="vlink.dead-letters"}`: records that nobody could read.
            * `vlink_gateway_switch_rules`, `wanted` and `installed` apart for longer than moments: a switch refuses rules, or is not connected.
            * `rate(vlink_gateway_switch_dropped_packets_total[5m])`: workloads at this switch send more than they reserved. Which, `./vlink path` says; there is no series for each network, of which there may be thousands.
            * `vlink_flow_networks{phase="Degraded"}`, `{phase="Refused"}`; `vlink_path_refusals_total` says why.
            * `vlink_services_present` 0: that service is missed by the one that serves the metric; `/v1/services` and `/q/health` say since when. Nobody is not ready because another is away.

            ## All

            | metric | type | labels | served by | |
            |---|---|---|---|---|
            """;

    private static final Suite SUITE = Suite.running();

    @Test
    void saysAllThatIsServed() {
        try (Playground play = new Playground()) {
            // Given
            ready(play, "measured");
            play.declare("not-measured", ", \"capabilities\": {\"latencyNanos\": \"0.1ms\"}");
            play.awaitPhase("not-measured", "Refused");

            // When
            Map<String, Scrape.Metric> metrics = new TreeMap<>();
            Map<String, TreeSet<String>> servedBy = new TreeMap<>();
            services().forEach((name, service) -> new Scrape(service.metrics())
                    .metrics()
                    .forEach((metric, what) -> {
                        Scrape.Metric known = metrics.putIfAbsent(metric, what);
                        if (known != null) {
                            known.labels().addAll(what.labels());
                        }
                        servedBy.computeIfAbsent(metric, m -> new TreeSet<>()).add(name);
                    }));

            // Then
            StringBuilder page = new StringBuilder(HEAD);
            metrics.forEach((name, metric) -> {
                TreeSet<String> by = servedBy.getOrDefault(name, new TreeSet<>());
                assertThat(metric.help()).as("description of " + name).isNotBlank();
                page.append("| `%s` | %s | %s | %s | %s |%n"
                        .formatted(
                                name,
                                metric.type(),
                                String.join(", ", metric.labels()),
                                by.size() == services().size() ? "all" : String.join(", ", by),
                                metric.help()));
            });
            new Page("metrics.md").mustBe(page.toString());
        }
    }

    @Test
    void measuresEachStageOfAVlinksWay() {
        try (Playground play = new Playground()) {
            // Given
            Map<String, Double> before = stages();

            // When
            ready(play, "staged");

            // Then
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                Map<String, Double> after = stages();
                assertThat(before.keySet()).allSatisfy(stage -> assertThat(after.getOrDefault(stage, 0.0))
                        .as(stage)
                        .isGreaterThan(before.getOrDefault(stage, 0.0)));
            });
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                Scrape gateway = new Scrape(SUITE.switchGateway().metrics());
                assertThat(rules(gateway, "wanted")).isPositive().isEqualTo(rules(gateway, "installed"));
            });
            assertThat(new Scrape(SUITE.flowService().metrics()).sum("vlink_flow_networks", Map.of("phase", "Ready")))
                    .isPositive();
        }
    }

    /** A vlink without bandwidth has no meters; this one has both. */
    private static void ready(Playground play, String network) {
        play.joined(
                network,
                ", \"capabilities\": {\"bandwidthBits\": \"10M\"}",
                network + "-a",
                "10.23.0.1/24",
                network + "-e",
                "10.23.0.2/24");
    }

    private static double rules(Scrape gateway, String state) {
        return gateway.sum("vlink_gateway_switch_rules", Map.of("state", state));
    }

    /** How often each stage was measured. */
    private static Map<String, Double> stages() {
        Scrape api = new Scrape(SUITE.networkApi().metrics());
        Scrape path = new Scrape(SUITE.pathService().metrics());
        Scrape flow = new Scrape(SUITE.flowService().metrics());
        Scrape gateway = new Scrape(SUITE.switchGateway().metrics());
        Map<String, Double> counts = new TreeMap<>();
        counts.put("recorded", api.sum("vlink_api_recorded_seconds_count", Map.of()));
        counts.put("decided", hops(path, "vlink.networks"));
        counts.put("compiled", hops(flow, "vlink.paths"));
        counts.put("sent", hops(gateway, "vlink.rules"));
        counts.put("applied", gateway.sum("vlink_gateway_batch_seconds_count", Map.of()));
        counts.put("Ready", hops(flow, "vlink.rule-states"));
        counts.put("shown", hops(api, "vlink.statuses"));
        return counts;
    }

    private static double hops(Scrape service, String topic) {
        return service.sum("vlink_log_hop_seconds_count", Map.of("topic", topic));
    }

    private static Map<String, ServiceProcess> services() {
        Map<String, ServiceProcess> services = new LinkedHashMap<>();
        List<String> names = List.of("network-api", "path-service", "flow-service", "switch-gateway");
        List<ServiceProcess> processes =
                List.of(SUITE.networkApi(), SUITE.pathService(), SUITE.flowService(), SUITE.switchGateway());
        for (int i = 0; i < names.size(); i++) {
            services.put(names.get(i), processes.get(i));
        }
        return services;
    }
}
