package io.vlink.gateway.openflow.exchanges;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** The metrics of the communication with all switches. Registered in advance: a message costs one addition. Thread-safe. */
public final class OpenFlowMeters {

    private static final Duration[] BUCKETS = {
        Duration.ofNanos(250_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofSeconds(1)
    };

    /** OpenFlow 1.4.1 §7.5.4: {@code ofp_error_type}, by its number. */
    private static final List<String> ERROR_TYPES = List.of(
            "hello_failed",
            "bad_request",
            "bad_action",
            "bad_instruction",
            "bad_match",
            "flow_mod_failed",
            "group_mod_failed",
            "port_mod_failed",
            "table_mod_failed",
            "queue_op_failed",
            "switch_config_failed",
            "role_request_failed",
            "meter_mod_failed",
            "table_features_failed",
            "bad_property",
            "async_config_failed",
            "flow_monitor_failed",
            "bundle_failed");

    private final LongAdder flowMods = new LongAdder();
    private final List<Counter> errors;
    private final Counter strangeErrors;
    private final Timer batches;
    private final Timer bundles;
    private final Timer barriers;

    public OpenFlowMeters(MeterRegistry registry) {
        errors = IntStream.range(0, ERROR_TYPES.size())
                .mapToObj(type -> errors(registry, ERROR_TYPES.get(type)))
                .toList();
        strangeErrors = errors(registry, "other");
        batches = timer(
                registry,
                "vlink.gateway.batch",
                "Time from sending a batch to a switch until all of it is confirmed",
                "");
        bundles =
                timer(registry, "vlink.gateway.round.trip", "Time from a write to the answer of the switch", "bundle");
        barriers =
                timer(registry, "vlink.gateway.round.trip", "Time from a write to the answer of the switch", "barrier");
    }

    private static Counter errors(MeterRegistry registry, String type) {
        return Counter.builder("vlink.gateway.openflow.errors")
                .description("Error messages of switches")
                .tag("type", type)
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, String name, String description, String by) {
        Timer.Builder timer = Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS);
        return (by.isEmpty() ? timer : timer.tag("by", by)).register(registry);
    }

    void flowModSent() {
        flowMods.increment();
    }

    public long flowModsSent() {
        return flowMods.sum();
    }

    /** Counts an error message; its type may be any number. */
    public void error(int type) {
        (type < errors.size() ? errors.get(type) : strangeErrors).increment();
    }

    void batchConfirmed(long nanos) {
        batches.record(nanos, TimeUnit.NANOSECONDS);
    }

    void answered(boolean bundle, long nanos) {
        (bundle ? bundles : barriers).record(nanos, TimeUnit.NANOSECONDS);
    }
}
