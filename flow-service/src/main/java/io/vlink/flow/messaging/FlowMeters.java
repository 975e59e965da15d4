package io.vlink.flow.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What this service counts, for {@code /q/metrics}. */
@Singleton
class FlowMeters {

    private final Counter ruleSets;
    private final Counter statuses;
    private final Counter lateWrites;

    FlowMeters(MeterRegistry registry) {
        ruleSets = Counter.builder("vlink.flow.rule.sets")
                .description("Rule sets written")
                .register(registry);
        statuses = Counter.builder("vlink.flow.statuses")
                .description("Statuses written")
                .register(registry);
        lateWrites = Counter.builder("vlink.flow.late.writes")
                .description("Records of a former owner that stood in the place of ours and were put right")
                .register(registry);
    }

    void ruleSetsWritten(int count) {
        ruleSets.increment(count);
    }

    void statusWritten() {
        statuses.increment();
    }

    void lateWriteSeen() {
        lateWrites.increment();
    }
}
