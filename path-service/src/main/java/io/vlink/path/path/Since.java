package io.vlink.path.path;

import io.vlink.events.Reason;
import io.vlink.events.Remark;
import io.vlink.events.Violation;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Impairment;
import io.vlink.events.paths.ImpairmentReason;
import io.vlink.events.paths.RefusalReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says since when something is so. What lasts keeps the time that was told first, which stands in the decision before: so
 * neither another look at it nor a restart is news. What was told without a time, by an earlier version, stays so too.
 */
final class Since {

    /** Reasons whose words may change, such as their numbers, while what they speak of lasts. */
    private static final List<Reason> ONGOING = List.of(
            RefusalReason.BandwidthExceeded,
            RefusalReason.LatencyExceeded,
            RefusalReason.PathNotFound,
            RefusalReason.LabelsExhausted,
            RefusalReason.MetersExhausted,
            RefusalReason.CircuitsExhausted,
            RefusalReason.RemovalPending,
            RefusalReason.PortUnknown,
            ImpairmentReason.LatencyExceeded,
            ImpairmentReason.TopologyChanged);

    private Since() {}

    /** What keeps a network from being granted; of what has no time of its own, it is said since when it is waited for. */
    static List<Violation> waitedFor(List<Violation> found, List<Violation> before, Instant now) {
        return told(found, before, now, true);
    }

    /** What is wrong with what was granted. */
    static List<Impairment> soSince(List<Impairment> found, List<Impairment> before, Instant now) {
        return told(found, before, now, false);
    }

    /** The same of attachments. */
    static List<AttachmentState> heldSince(List<AttachmentState> found, List<AttachmentState> before, Instant now) {
        for (AttachmentState one : found) {
            if (one.message() != null) {
                return found.stream().map(each -> told(each, before, now)).toList();
            }
        }
        return found;
    }

    /** Whether one of these says, with its time, what another says without. */
    static <T extends Remark<T>> boolean isAmong(List<T> told, T bare) {
        return told.stream().anyMatch(known -> says(known, bare));
    }

    /** Whether one says, with its time, what another says without. */
    static <T extends Remark<T>> boolean says(T known, T bare) {
        return known.reason().equals(bare.reason())
                && known.message().startsWith(unstopped(bare.message()))
                && (known.message().equals(inWords(bare.message(), known.since(), false))
                        || known.message().equals(inWords(bare.message(), known.since(), true)));
    }

    private static <T extends Remark<T>> List<T> told(List<T> found, List<T> before, Instant now, boolean waits) {
        return found.isEmpty() // as mostly
                ? List.of()
                : found.stream().map(one -> told(one, before, now, waits)).toList();
    }

    private static <T extends Remark<T>> T told(T one, List<T> before, Instant now, boolean waits) {
        if (before.contains(one) || one.is(RefusalReason.MoreViolations)) {
            return one; // kept as it was worded, or a mere number of others
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

    /** Whole seconds are what people read. */
    private static String inWords(String message, @Nullable Instant since, boolean waits) {
        if (since == null) {
            return message;
        }
        return "%s (%s %s)."
                .formatted(
                        unstopped(message),
                        waits ? "waited for since" : "since",
                        since.truncatedTo(ChronoUnit.SECONDS));
    }

    private static String unstopped(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
