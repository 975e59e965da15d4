package io.vlink.log.halting;

import io.vlink.events.services.Services;
import io.vlink.log.OnLoss;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether Kafka's data is still the data that this process worked with, and the consequences if not. Uses no
 * clock.
 */
final class DataLossCheck {

    /**
     * How long other data must be present before a gateway's report on it is believed. Earlier reports may predate the
     * change: an older copy has the same id, and swapped data contains the last reports of gateways that are long gone.
     */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private final OnLoss onLoss;
    private @Nullable DataIdentity known;
    private Instant knownAt = Instant.EPOCH;
    private @Nullable Instant lostAt;

    DataLossCheck(OnLoss onLoss) {
        this.onLoss = onLoss;
    }

    /** The result of a judgement. */
    sealed interface Consequence {
        /** Nothing changed. */
        record Same() implements Consequence {}

        /**
         * Everything must be reloaded, and can then be used.
         *
         * @param words the reason
         */
        record Reload(String words) implements Consequence {}

        /**
         * No decisions may be based on the data.
         *
         * @param words what was found and what to do
         */
        record Halt(String words) implements Consequence {}
    }

    /**
     * Judges Kafka's present contents.
     *
     * @param services the present services and their reports
     */
    Consequence judge(DataIdentity now, Services services, Instant at) {
        DataIdentity before = known;
        if (before == null) {
            know(now, at);
            return new Consequence.Same();
        }
        List<String> lost = before.lostBy(now);
        if (onLoss == OnLoss.HALT && !lost.isEmpty()) {
            if (lostAt == null) {
                lostAt = at;
            }
            if (!isVouchedFor(now, services, lostAt, at)) {
                return new Consequence.Halt(words(lost) + " " + Services.WHAT_TO_DO);
            }
        }
        List<String> others = before.renewedBy(now).stream()
                .map(topic -> "the topic %s was recreated or is gone".formatted(topic))
                .toList();
        boolean again = lostAt != null || !lost.isEmpty() || !others.isEmpty();
        String why = words(lost.isEmpty() ? others : lost);
        know(now, at);
        return !again
                ? new Consequence.Same()
                : new Consequence.Reload(why.isEmpty() ? "Kafka's data is the previous data again." : why);
    }

    private void know(DataIdentity now, Instant at) {
        if (now.isWhole()) {
            known = now;
            knownAt = at;
        } else {
            known = null; // missing topics are created, and known afterwards
        }
        lostAt = null;
    }

    private static boolean isVouchedFor(DataIdentity now, Services services, Instant lostAt, Instant at) {
        return now.isWhole() && !at.isBefore(lostAt.plus(PATIENCE)) && services.worksWith(now.suite());
    }

    private String words(List<String> what) {
        if (what.isEmpty()) {
            return "";
        }
        String all = String.join(", ", what);
        return Character.toUpperCase(all.charAt(0)) + all.substring(1) + " since " + knownAt + ".";
    }
}
