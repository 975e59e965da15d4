package io.vlink.networkapi.messaging;

import io.vlink.events.Topic;
import io.vlink.events.reasons.Violation;
import io.vlink.events.requests.Answer;
import io.vlink.events.requests.Request;
import io.vlink.log.Entry;
import io.vlink.log.Outbox;
import io.vlink.log.Partitions;
import io.vlink.networkapi.reading.Intake;
import io.vlink.networkapi.reading.Reading;
import io.vlink.networkapi.reading.RequestReader;
import io.vlink.networkapi.recorder.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Handles one record of {@code vlink.requests}: answers it, dead-letters it, or forwards it to the right partition. */
final class RequestIntake {

    private static final String UNADDRESSED = "default";

    private final int partition;
    private final int partitions;

    RequestIntake(int partition, int partitions) {
        this.partition = partition;
        this.partitions = partitions;
    }

    /** A record, and the result of reading it. */
    record Taken(Entry entry, Intake intake) {}

    static Taken read(Entry entry) {
        return new Taken(entry, RequestReader.read(entry.value()));
    }

    /** Returns the request if this partition decides it; null if the record is handled otherwise. */
    @Nullable Request request(Taken taken) {
        return taken.intake() instanceof Intake.RequestOrigin asked
                        && asked.request() instanceof Reading.Parsed<Request> read
                        && RequestKey.mismatch(taken.entry().key(), asked.subject()) == null
                        && isOurs(asked.overlay())
                ? read.value()
                : null;
    }

    private boolean isOurs(@Nullable String overlay) {
        return overlay == null || Partitions.of(overlay, partitions) == partition;
    }

    void take(Taken taken, Outbox out, Instant now, Function<Request, Verdict> recorder) {
        Entry entry = taken.entry();
        switch (taken.intake()) {
            case Intake.Unreadable unreadable -> out.deadLetter(entry, unreadable.reason(), now);
            case Intake.RequestOrigin asked -> {
                String overlay = asked.overlay();
                String subject = asked.subject();
                Violation mismatch = RequestKey.mismatch(entry.key(), subject);
                if (mismatch != null) {
                    refuse(entry, asked, List.of(mismatch), out);
                } else if (overlay != null && !isOurs(overlay)) {
                    out.forward(entry, overlay, subject == null ? "" : subject);
                } else {
                    answer(entry, asked, out, recorder);
                }
            }
        }
    }

    private static void answer(
            Entry entry, Intake.RequestOrigin asked, Outbox out, Function<Request, Verdict> recorder) {
        switch (asked.request()) {
            case Reading.Parsed<Request> read -> {
                Request request = read.value();
                put(entry, asked, answer(request, asked.requestId(), origin(entry), recorder.apply(request)), out);
            }
            case Reading.Wrong<Request> wrong -> refuse(entry, asked, wrong.violations(), out);
        }
    }

    private static void refuse(Entry entry, Intake.RequestOrigin asked, List<Violation> violations, Outbox out) {
        put(
                entry,
                asked,
                new Answer.Refused(asked.requestId(), asked.subject(), origin(entry), violations, asked.requestedBy()),
                out);
    }

    private static void put(Entry entry, Intake.RequestOrigin asked, Answer answer, Outbox out) {
        String overlay = asked.overlay();
        String subject = asked.subject();
        out.put(
                Topic.ANSWERS,
                overlay == null ? UNADDRESSED : overlay,
                subject == null ? RequestKey.shortened(entry.key()) : subject,
                answer);
    }

    /** Returns the place where the producer wrote the record, even if it was forwarded since. */
    private static Answer.Origin origin(Entry entry) {
        Entry.PartitionOffset place = entry.origin();
        return new Answer.Origin(entry.topic().topicName(), place.partition(), place.offset());
    }

    /**
     * Returns the answer to a request.
     *
     * @param requestId the id that the producer gave; null if it gave none
     * @param origin where the request was written; null if it came by REST
     */
    static Answer answer(Request request, @Nullable String requestId, Answer.@Nullable Origin origin, Verdict verdict) {
        String subject = request.subject();
        return switch (verdict) {
            case Verdict.Granted granted ->
                new Answer.Recorded(
                        requestId,
                        subject,
                        origin,
                        granted.generation(),
                        granted.changed(),
                        granted.created(),
                        granted.warnings(),
                        request.requestedBy());
            case Verdict.Denied denied ->
                new Answer.Refused(requestId, subject, origin, denied.violations(), request.requestedBy());
        };
    }
}
