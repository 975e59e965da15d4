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

/** {@code docs/metrics.md} lists all metrics, and each stage of a vlink is measured. */
class MetricsPageE2E {

    private static final String HEAD = """
            # Metrics

            Every service serves its metrics at `/q/metrics` for Prometheus. `MetricsPageE2E` generates the table from a running suite (with `-Dpages=write`). Quarkus adds its own metrics: `http_server_requests_seconds` for each REST call, `jvm_*`, `process_*`.

            ## The stages of a vlink

            A hop starts at the timestamp of a record and ends when the resulting record is sent, so each hop is one stage. Together they cover the time from the call to the answer.

            | stage | time | metric | served by |
            |---|---|---|---|
            | recorded | from the call until the record is in Kafka | `vlink_api_recorded_seconds` | network-api |
            | decided | until the decision is written | `vlink_log_hop_seconds{topic="vlink.networks"}`, or `"vlink.attachments"` | path-service |
            | compiled | until the rule sets are written | `vlink_log_hop_seconds{topic="vlink.paths"}` | flow-service |
            | sent | until they are on their way to the switch | `vlink_log_hop_seconds{topic="vlink.rules"}` | switch-gateway |
            | applied | until the switch has confirmed all of the batch | `vlink_gateway_batch_seconds` | switch-gateway |
            | Ready | until the status is written | `vlink_log_hop_seconds{topic="vlink.rule-states"}` | flow-service |
            | shown | until waiting callers are answered | `vlink_log_hop_seconds{topic="vlink.statuses"}` | network-api |

            Timestamps of records are in ms, so a single hop is accurate to 1 ms; means of many are more accurate. Clocks of different hosts must agree.

            ## What to watch

            * `vlink_log_lag` that grows: the service does not keep up. `vlink_log_silence_seconds` above 5: Kafka is away, and the service is not ready.
            * Messages that differ only in numbers are logged at most 20 times per minute (at INFO 200 times), and all messages of one logger at most ten times as often; the rest is reported once per minute as `12345 more like this were left out`, until a minute passes without it.
            * `vlink_log_failures_total`: a write failed and everything was loaded again. `vlink_log_records_written_total{topic="vlink.dead-letters"}`: records that could not be read.
            * `vlink_gateway_switch_rules`, `wanted` and `installed` differ for more than a moment: a switch refuses rules or is not connected.
            * `rate(vlink_gateway_switch_dropped_packets_total[5m])`: workloads at this switch send more than they reserved. `./vlink path` shows which; there is no series per network, as there may be thousands.
            * `vlink_flow_networks{phase="Degraded"}`, `{phase="Refused"}`; `vlink_path_refusals_total` has the reasons.
            * `vlink_services_present` 0: the service that serves the metric misses that service; `/v1/services` and `/q/health` show since when. A service stays ready while another is away.

            ## All metrics

            | metric | type | labels | served by | |
            |---|---|---|---|---|
            """;

    private static final Suite SUITE = Suite.running();

    @Test
    void listsAllMetrics() {
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
    void measuresEachStageOfAVlink() {
        try (Playground play = new Playground()) {
            // Given
            Map<String, Double> before = stages();

            // When
            ready(play, "staged");

            // Then
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                Map<String, Double> after = stages();
                assertThat(before.keySet()).allSatisfy(stage -> assertThat(after.getOrDefault(stage, 0.0))
                        .as(stage)
                        .isGreaterThan(before.getOrDefault(stage, 0.0)));
            });
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                Scrape gateway = new Scrape(SUITE.switchGateway().metrics());
                assertThat(rules(gateway, "wanted")).isPositive().isEqualTo(rules(gateway, "installed"));
            });
            assertThat(new Scrape(SUITE.flowService().metrics()).sum("vlink_flow_networks", Map.of("phase", "Ready")))
                    .isPositive();
        }
    }

    /** Creates a vlink with rules and meters: one without bandwidth has no meters. */
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

    /** Returns the number of measurements of each stage. */
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
