package io.vlink.networkapi.recorder;

import io.vlink.events.TypedTopic;
import io.vlink.events.reasons.RequestReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The records of one topic in one partition, and their generations.
 *
 * <p><b>Generations.</b> A new generation must be higher than any that its name ever had, even if tombstones have removed the
 * name from Kafka. {@code position} is a lower bound of the partition's next offset: the end of the log when it was loaded,
 * or one more than the highest offset seen since, plus one for each record written but not yet read back. Two invariants
 * hold at all times, by induction:
 *
 * <ol>
 *   <li>a record at offset {@code o} has a generation of at most {@code o + 1};
 *   <li>no generation assigned here is above {@code position}.
 * </ol>
 *
 * An unknown name gets {@code position + 1}: higher than every generation assigned before, and at most {@code o + 1} for the
 * offset {@code o >= position} at which it will be written. A known name gets one more than it has, which is no more than
 * that; and each record written raises {@code position} by one. No table of removed names is needed. If Kafka lost the topic
 * and its offsets began again, {@link #given} raises {@code position} above all generations still seen in other topics.
 *
 * @param <I> the id of a thing
 * @param <S> its specification
 */
final class GenerationLedger<I, S> {

    /** Makes the event of a thing. */
    @FunctionalInterface
    interface EventFactory<I, S> {
        Record event(I id, long generation, boolean withdrawn, Instant createdAt, S spec, @Nullable String requestedBy);
    }

    /**
     * The record of one thing.
     *
     * @param requestedBy who requested the last change; null if unknown
     */
    record Line<I, S>(
            I id,
            long generation,
            boolean withdrawn,
            Instant createdAt,
            S spec,
            @Nullable String requestedBy) {}

    private final TypedTopic<I, ?> topic;
    private final String what;
    private final Function<I, String> overlay;
    private final EventFactory<I, S> form;
    private final Map<I, Line<I, S>> lines = new HashMap<>();
    private final List<LedgerIndex<I, S, ?>> indexes = new ArrayList<>();
    private long position;

    GenerationLedger(TypedTopic<I, ?> topic, String what, Function<I, String> overlay, EventFactory<I, S> form) {
        this.topic = topic;
        this.what = what;
        this.overlay = overlay;
        this.form = form;
    }

    /** Makes an index of all records by a property. Call it before the first record. */
    <K> LedgerIndex<I, S, K> index(BiFunction<I, S, K> property) {
        LedgerIndex<I, S, K> index = new LedgerIndex<>(property);
        indexes.add(index);
        return index;
    }

    void endsAt(long offset) {
        position = Math.max(position, offset);
    }

    void load(Line<I, S> line) {
        hold(line);
    }

    /** Removes the record of a key. */
    void drop(String key) {
        forget(topic.parse().apply(key));
    }

    private void hold(Line<I, S> line) {
        Line<I, S> before = lines.put(line.id(), line);
        indexes.forEach(index -> index.replace(before, line));
    }

    private void forget(I id) {
        Line<I, S> before = lines.remove(id);
        indexes.forEach(index -> index.replace(before, null));
    }

    @Nullable Line<I, S> get(I id) {
        return lines.get(id);
    }

    /** Notes a generation that was assigned to a record that Kafka may have lost, so it is not assigned again. */
    void given(long generation) {
        position = Math.max(position, generation);
    }

    /** Returns all records. */
    List<Line<I, S>> all() {
        return List.copyOf(lines.values());
    }

    /** Declares a thing. A request that changes nothing is granted but not recorded, nor is its requester. */
    Verdict declare(I id, S spec, @Nullable Long ifGeneration, @Nullable String requestedBy, Instant now) {
        Line<I, S> line = lines.get(id);
        Verdict.Denied mismatch = mismatch(id, line, ifGeneration);
        if (mismatch != null) {
            return mismatch;
        }
        if (line != null && !line.withdrawn() && line.spec().equals(spec)) {
            return new Verdict.Granted(line.generation(), false, false, List.of());
        }
        boolean created = line == null || line.withdrawn();
        Instant createdAt = created || line == null ? now : line.createdAt();
        Line<I, S> next = new Line<>(id, next(line), false, createdAt, spec, requestedBy);
        return new Verdict.Granted(next.generation(), true, created, List.of(put(next)));
    }

    /** Marks a thing as withdrawn; {@link #erase} removes it. */
    Verdict remove(I id, @Nullable Long ifGeneration, @Nullable String requestedBy) {
        Line<I, S> line = lines.get(id);
        Verdict.Denied mismatch = mismatch(id, line, ifGeneration);
        if (mismatch != null) {
            return mismatch;
        }
        if (line == null) {
            return Verdict.Denied.of("$.id", RequestReason.UNKNOWN, "There is no %s %s.".formatted(what, id));
        }
        if (line.withdrawn()) {
            return new Verdict.Granted(line.generation(), false, false, List.of());
        }
        Line<I, S> next = new Line<>(id, next(line), true, line.createdAt(), line.spec(), requestedBy);
        return new Verdict.Granted(next.generation(), true, false, List.of(put(next)));
    }

    RecordWrite erase(I id) {
        forget(id);
        position++;
        return new RecordWrite(topic.topic(), overlay.apply(id), id.toString(), null);
    }

    private RecordWrite put(Line<I, S> line) {
        hold(line);
        position++;
        return new RecordWrite(
                topic.topic(),
                overlay.apply(line.id()),
                line.id().toString(),
                form.event(
                        line.id(),
                        line.generation(),
                        line.withdrawn(),
                        line.createdAt(),
                        line.spec(),
                        line.requestedBy()));
    }

    private long next(@Nullable Line<I, S> line) {
        return line == null ? position + 1 : line.generation() + 1;
    }

    private Verdict.@Nullable Denied mismatch(I id, @Nullable Line<I, S> line, @Nullable Long ifGeneration) {
        if (ifGeneration == null || (line != null && line.generation() == ifGeneration)) {
            return null;
        }
        if (ifGeneration == 0 && (line == null || line.withdrawn())) {
            return null;
        }
        String now = line == null || line.withdrawn()
                ? "it does not exist"
                : "its generation is %d".formatted(line.generation());
        return Verdict.Denied.of(
                "$.ifGeneration",
                RequestReason.GENERATION_MISMATCH,
                ifGeneration == 0
                        ? "The %s %s must not exist; %s.".formatted(what, id, now)
                        : "The %s %s must have generation %d; %s.".formatted(what, id, ifGeneration, now));
    }
}
