package io.vlink.flow.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vlink.events.statuses.Phase;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The metrics of this service, for {@code /q/metrics}. */
@Singleton
class FlowMeters {

    private final Map<Phase, AtomicInteger> phases = new EnumMap<>(Phase.class);
    private final Counter ruleSets;
    private final Counter statuses;
    private final Counter lateWrites;

    FlowMeters(MeterRegistry registry) {
        for (Phase phase : Phase.values()) {
            AtomicInteger networks = new AtomicInteger();
            phases.put(phase, networks);
            Gauge.builder("vlink.flow.networks", networks, AtomicInteger::get)
                    .description("Networks by phase")
                    .tag("phase", phase.word())
                    .register(registry);
        }
        ruleSets = Counter.builder("vlink.flow.rule.sets")
                .description("Rule sets written")
                .register(registry);
        statuses = Counter.builder("vlink.flow.statuses")
                .description("Statuses written")
                .register(registry);
        lateWrites = Counter.builder("vlink.flow.late.writes")
                .description("Records of a former owner that overwrote newer ones and were replaced")
                .register(registry);
    }

    /** Counts a change of a network's phase; null: it has no status, or there is no network. */
    void moved(@Nullable Phase from, @Nullable Phase to) {
        add(from, -1);
        add(to, 1);
    }

    private void add(@Nullable Phase phase, int count) {
        AtomicInteger networks = phase == null ? null : phases.get(phase);
        if (networks != null) {
            networks.addAndGet(count);
        }
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
