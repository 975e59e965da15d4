package io.vlink.events.requests;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.reasons.Violation;
import io.vlink.events.schema.Between;
import io.vlink.events.schema.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to one {@link Request}, on {@code vlink.answers} under the request's subject. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Answer.Recorded.class, name = "Recorded"),
    @JsonSubTypes.Type(value = Answer.Refused.class, name = "Refused"),
})
public sealed interface Answer {

    /** The topic of these records. */
    TypedTopic<String, Answer> TOPIC = TypedTopic.ofAnyKey(Topic.ANSWERS, Answer.class);

    /** The id from the request; absent where it had none. */
    @Nullable String requestId();

    /** The key of the request's subject; absent where the request did not name it. */
    @Nullable String subject();

    /** The place of the request; absent where it came by REST. */
    @Nullable Origin origin();

    /** The requester, as stated in the request; absent where not stated, or not readable. */
    @Nullable String requestedBy();

    /**
     * The request is granted and recorded.
     *
     * @param requestId the id from the request; absent where it had none
     * @param subject the key of the request's subject
     * @param origin the place of the request; absent where it came by REST
     * @param generation the generation of the record as it is now
     * @param changed false where the record was the same already
     * @param created true where the subject did not exist before
     * @param warnings what the requester should know nevertheless; absent: nothing
     * @param requestedBy the requester, as stated in the request; absent where not stated
     */
    record Recorded(
            @Nullable String requestId,
            String subject,
            @Nullable Origin origin,
            long generation,
            boolean changed,
            boolean created,
            @Nullable List<Warning> warnings,
            @Principal @Nullable String requestedBy)
            implements Answer {

        public Recorded {
            warnings = warnings == null || warnings.isEmpty() ? null : List.copyOf(warnings);
        }

        /** An answer to a request without a requester. */
        public Recorded(
                @Nullable String requestId,
                String subject,
                @Nullable Origin origin,
                long generation,
                boolean changed,
                boolean created,
                @Nullable List<Warning> warnings) {
            this(requestId, subject, origin, generation, changed, created, warnings, null);
        }

        /** An answer without warnings, to a request without a requester. */
        public Recorded(
                @Nullable String requestId,
                String subject,
                @Nullable Origin origin,
                long generation,
                boolean changed,
                boolean created) {
            this(requestId, subject, origin, generation, changed, created, null, null);
        }

        /** What the requester should know nevertheless; empty: nothing. */
        public List<Warning> allWarnings() {
            return warnings == null ? List.of() : warnings;
        }
    }

    /**
     * The request was read but cannot be granted; nothing changed.
     *
     * @param requestId the id from the request; absent where it had none
     * @param subject the key of the request's subject; absent where the request did not name it readably
     * @param origin the place of the request; absent where it came by REST
     * @param violations every reason, at least one
     * @param requestedBy the requester, as stated in the request; absent where not stated, or not readable
     */
    record Refused(
            @Nullable String requestId,
            @Nullable String subject,
            @Nullable Origin origin,
            List<Violation> violations,
            @Principal @Nullable String requestedBy)
            implements Answer {
        public Refused {
            violations = List.copyOf(violations);
        }

        /** An answer to a request without a requester. */
        public Refused(
                @Nullable String requestId,
                @Nullable String subject,
                @Nullable Origin origin,
                List<Violation> violations) {
            this(requestId, subject, origin, violations, null);
        }
    }

    /**
     * The place where a producer wrote a record.
     *
     * @param topic the topic
     * @param partition the partition, also if the record was forwarded to another one since
     * @param offset the offset in that partition
     */
    record Origin(
            String topic,
            @Between(min = 0) int partition,
            @Between(min = 0) long offset) {}
}
