package io.vlink.path.decision;

import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.ImpairmentReason;
import io.vlink.events.reasons.Reason;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.reasons.Remark;
import io.vlink.events.reasons.Violation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Adds to messages the time since which they apply. An ongoing problem keeps the time first reported, which the
 * decision before contains: another look or a restart is not a change. A message without a time, from an earlier
 * version, stays without one.
 */
final class Since {

    /** Reasons whose messages may change, such as by their numbers, while the problem lasts. */
    private static final List<Reason> ONGOING = List.of(
            RefusalReason.BANDWIDTH_EXCEEDED,
            RefusalReason.LATENCY_EXCEEDED,
            RefusalReason.PATH_NOT_FOUND,
            RefusalReason.LABELS_EXHAUSTED,
            RefusalReason.METERS_EXHAUSTED,
            RefusalReason.CIRCUITS_EXHAUSTED,
            RefusalReason.REMOVAL_PENDING,
            RefusalReason.PORT_UNKNOWN,
            ImpairmentReason.LATENCY_EXCEEDED,
            ImpairmentReason.TOPOLOGY_CHANGED);

    private Since() {}

    /** Adds times to the violations of a refusal; one without a time of its own gets the time when the wait began. */
    static List<Violation> waitedFor(List<Violation> found, List<Violation> before, Instant now) {
        return told(found, before, now, true);
    }

    /** Adds times to impairments. */
    static List<Impairment> soSince(List<Impairment> found, List<Impairment> before, Instant now) {
        return told(found, before, now, false);
    }

    /** Adds times to states of attachments. */
    static List<AttachmentState> heldSince(List<AttachmentState> found, List<AttachmentState> before, Instant now) {
        for (AttachmentState one : found) {
            if (one.message() != null) {
                return found.stream().map(each -> told(each, before, now)).toList();
            }
        }
        return found;
    }

    /** Returns whether one of these messages equals {@code bare} with a time added. */
    static <T extends Remark<T>> boolean isAmong(List<T> told, T bare) {
        return told.stream().anyMatch(known -> says(known, bare));
    }

    /** Returns whether a message equals {@code bare} with a time added. */
    static <T extends Remark<T>> boolean says(T known, T bare) {
        return known.reason().equals(bare.reason())
                && known.message().startsWith(unstopped(bare.message()))
                && (known.message().equals(inWords(bare.message(), known.since(), false))
                        || known.message().equals(inWords(bare.message(), known.since(), true)));
    }

    private static <T extends Remark<T>> List<T> told(List<T> found, List<T> before, Instant now, boolean waits) {
        return found.isEmpty() // the usual case
                ? List.of()
                : found.stream().map(one -> told(one, before, now, waits)).toList();
    }

    private static <T extends Remark<T>> T told(T one, List<T> before, Instant now, boolean waits) {
        if (before.contains(one) || one.is(RefusalReason.MORE_VIOLATIONS)) {
            return one; // kept with its earlier wording, or only a count of others
        }
        for (T known : before) {
            if (says(known, one)) {
                return one.worded(known.message(), known.since());
            }
        }
        for (T known : before) {
            boolean lasts = known.reason().equals(one.reason()) && known.field().equals(one.field());
            if (lasts && ONGOING.stream().anyMatch(one::is)) {
                return told(one, known.since(), waits);
            }
        }
        Instant own = one.since();
        return own == null ? told(one, now, waits) : told(one, own, false);
    }

    private static <T extends Remark<T>> T told(T one, @Nullable Instant since, boolean waits) {
        return one.worded(inWords(one.message(), since, waits), since);
    }

    private static AttachmentState told(AttachmentState one, List<AttachmentState> before, Instant now) {
        String message = one.message();
        if (message == null) {
            return one;
        }
        Instant own = one.since();
        Instant since = own == null ? now : own;
        for (AttachmentState known : before) {
            if (known.attachment().equals(one.attachment())
                    && known.node().equals(one.node())
                    && Objects.equals(known.reason(), one.reason())) {
                since = known.since();
            }
        }
        return new AttachmentState(
                one.attachment(),
                one.node(),
                one.holds(),
                one.reason(),
                inWords(message, since, own == null && !one.holds()),
                one.cut(),
                since);
    }

    /** Adds the time to a message, in whole seconds. */
    private static String inWords(String message, @Nullable Instant since, boolean waits) {
        if (since == null) {
            return message;
        }
        return "%s (%s %s)."
                .formatted(
                        unstopped(message), waits ? "waiting since" : "since", since.truncatedTo(ChronoUnit.SECONDS));
    }

    private static String unstopped(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
