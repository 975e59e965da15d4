package io.vlink.events.requests;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vlink.events.Between;
import io.vlink.events.Principal;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one {@link Request}, on {@code vlink.answers} under the request's subject. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Answer.Recorded.class, name = "Recorded"),
    @JsonSubTypes.Type(value = Answer.Refused.class, name = "Refused"),
})
public sealed interface Answer {

    /** Where they stand. */
    TypedTopic<String, Answer> TOPIC = TypedTopic.ofAnyKey(Topic.ANSWERS, Answer.class);

    /** As the request said; absent where it said none. */
    @Nullable String requestId();

    /** The key of what was asked for; absent where the request did not say. */
    @Nullable String subject();

    /** Where the request stood; absent where it came by REST. */
    @Nullable Origin origin();

    /** Who asked, as the request said; absent where it did not, or not legibly. */
    @Nullable String requestedBy();

    /**
     * The request holds from now on.
     *
     * @param requestId as the request said; absent where it said none
     * @param subject key of what was asked for
     * @param origin where the request stood; absent where it came by REST
     * @param generation that of the record as it is now
     * @param changed false where it was so already
     * @param created true where it did not exist before
     * @param warnings what the asker should know all the same; absent: nothing
     * @param requestedBy who asked, as the request said; absent where it did not
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

        /** One to a request that did not say who asks. */
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

        /** One without warnings, to a request that did not say who asks. */
        public Recorded(
                @Nullable String requestId,
                String subject,
                @Nullable Origin origin,
                long generation,
                boolean changed,
                boolean created) {
            this(requestId, subject, origin, generation, changed, created, null, null);
        }

        /** What the asker should know all the same; empty: nothing. */
        public List<Warning> allWarnings() {
            return warnings == null ? List.of() : warnings;
        }
    }

    /**
     * The request was read, and cannot be granted; nothing changed.
     *
     * @param requestId as the request said; absent where it said none
     * @param subject key of what was asked for; absent where the request did not say that legibly
     * @param origin where the request stood; absent where it came by REST
     * @param violations every reason, at least one
     * @param requestedBy who asked, as the request said; absent where it did not, or not legibly
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

        /** One to a request that did not say who asks. */
        public Refused(
                @Nullable String requestId,
                @Nullable String subject,
                @Nullable Origin origin,
                List<Violation> violations) {
            this(requestId, subject, origin, violations, null);
        }
    }

    /**
     * Where a producer put a record.
     *
     * @param topic the topic
     * @param partition the partition, also where the record was passed on to another since
     * @param offset the offset in that partition
     */
    record Origin(
            String topic,
            @Between(min = 0) int partition,
            @Between(min = 0) long offset) {}
}
