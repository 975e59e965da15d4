package io.vlink.log.serving;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vlink.log.reading.ReaderMeters;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The metrics of the {@link ShardLoop}, and the start of the present turn. Written by the thread that has the turn, read
 * by any.
 */
final class TurnMeters {

    private final MeterRegistry registry;
    private final Timer turns;
    private final DistributionSummary taken;
    private final Timer writes;
    private final Timer commits;
    private final Counter failures;
    private final Map<String, Counter> written = new HashMap<>();
    /** The start of the present turn; 0: there is none. */
    private volatile long since;

    private int inTurn;

    TurnMeters(MeterRegistry registry, Collection<?> mailbox, Supplier<Number> partitions) {
        this.registry = registry;
        turns = Timer.builder("vlink.log.turn")
                .description("Duration of a turn: waiting records are processed, decided on, and the results written")
                .serviceLevelObjectives(ReaderMeters.buckets())
                .register(registry);
        taken = DistributionSummary.builder("vlink.log.turn.records")
                .description("Records processed in one turn")
                .serviceLevelObjectives(1, 10, 100, 1000, 10_000)
                .register(registry);
        writes = Timer.builder("vlink.log.write")
                .description(
                        "Time to write the output of one turn: until Kafka has it where the log is fenced, otherwise until it is sent")
                .serviceLevelObjectives(ReaderMeters.buckets())
                .register(registry);
        commits = Timer.builder("vlink.log.commit")
                .description("Time to commit the open transaction")
                .serviceLevelObjectives(ReaderMeters.buckets())
                .register(registry);
        failures = Counter.builder("vlink.log.failures")
                .description("Failed writes after which all data was reloaded")
                .register(registry);
        Gauge.builder("vlink.log.waiting", mailbox, Collection::size)
                .description("Commands that wait for a turn")
                .register(registry);
        Gauge.builder("vlink.log.partitions", partitions)
                .description("Partition numbers that are owned and loaded")
                .register(registry);
    }

    void begin() {
        long now = System.nanoTime();
        since = now == 0 ? 1 : now;
        inTurn = 0;
    }

    void took(int records) {
        inTurn += records;
    }

    void end() {
        if (since == 0) { // it never began
            return;
        }
        turns.record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
        since = 0;
        if (inTurn > 0) {
            taken.record(inTurn);
        }
    }

    void wrote(List<ProducerRecord<String, byte[]>> records, long nanos) {
        writes.record(nanos, TimeUnit.NANOSECONDS);
        for (ProducerRecord<String, byte[]> record : records) {
            Counter counter = written.get(record.topic());
            if (counter == null) {
                counter = writtenTo(record.topic());
            }
            counter.increment();
        }
    }

    private Counter writtenTo(String topic) {
        Counter counter = Counter.builder("vlink.log.records.written")
                .description("Records written")
                .tag("topic", topic)
                .register(registry);
        written.put(topic, counter);
        return counter;
    }

    void committed(long nanos) {
        commits.record(nanos, TimeUnit.NANOSECONDS);
    }

    void failed() {
        failures.increment();
    }

    /** The duration of the present turn; zero between turns. */
    Duration turn() {
        long began = since;
        return began == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, System.nanoTime() - began));
    }
}
