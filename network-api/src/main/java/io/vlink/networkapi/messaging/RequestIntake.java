package io.vlink.networkapi.messaging;

import io.vlink.events.Topic;
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
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What becomes of one record of {@code vlink.requests}: an answer, a dead letter, or the way to the right partition. */
final class RequestIntake {

    private static final String UNADDRESSED = "default";

    private final int partition;
    private final int partitions;

    RequestIntake(int partition, int partitions) {
        this.partition = partition;
        this.partitions = partitions;
    }

    void take(Entry entry, Outbox out, Instant now, Function<Request, Verdict> recorder) {
        switch (RequestReader.read(entry.value())) {
            case Intake.Unreadable unreadable -> out.deadLetter(entry, unreadable.reason(), now);
            case Intake.Asked asked -> {
                String overlay = asked.overlay();
                if (overlay != null && Partitions.of(overlay, partitions) != partition) {
                    out.forward(entry, overlay);
                } else {
                    answer(entry, asked, out, recorder);
                }
            }
        }
    }

    private static void answer(Entry entry, Intake.Asked asked, Outbox out, Function<Request, Verdict> recorder) {
        Answer.Origin origin = new Answer.Origin(entry.topic().topicName(), entry.partition(), entry.offset());
        String subject = asked.subject();
        Answer answer =
                switch (asked.request()) {
                    case Reading.Read<Request> read ->
                        answer(asked.requestId(), read.value().subject(), origin, recorder.apply(read.value()));
                    case Reading.Wrong<Request> wrong ->
                        new Answer.Refused(asked.requestId(), subject, origin, wrong.violations());
                };
        String key = subject == null ? Optional.ofNullable(entry.key()).orElse("") : subject;
        String overlay = asked.overlay();
        out.put(Topic.ANSWERS, overlay == null ? UNADDRESSED : overlay, key, answer);
    }

    static Answer answer(@Nullable String requestId, String subject, Answer.@Nullable Origin origin, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Granted granted ->
                new Answer.Recorded(
                        requestId, subject, origin, granted.generation(), granted.changed(), granted.created());
            case Verdict.Denied denied -> new Answer.Refused(requestId, subject, origin, denied.violations());
        };
    }
}
