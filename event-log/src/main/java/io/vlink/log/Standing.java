package io.vlink.log;

import io.vlink.events.services.Services;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether what Kafka holds is what this process worked with, and what follows from that where it is not. Knows no clock. */
final class Standing {

    /**
     * How long other data has to stand before a gateway's word on it is believed. What is heard before may be of before: an older
     * copy has the same id, and with swapped data come the last words of gateways that are long gone.
     */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private final OnLoss onLoss;
    private @Nullable Holding known;
    private Instant knownAt = Instant.EPOCH;
    private @Nullable Instant lostAt;

    Standing(OnLoss onLoss) {
        this.onLoss = onLoss;
    }

    /** What is to be done. */
    sealed interface Verdict {
        /** Nothing is different. */
        record Same() implements Verdict {}

        /**
         * All is to be loaded again, and then worked with.
         *
         * @param words why
         */
        record Reload(String words) implements Verdict {}

        /**
         * Nothing is to be decided on it.
         *
         * @param words what was seen and what to do
         */
        record Halt(String words) implements Verdict {}
    }

    /**
     * Judges what Kafka holds now.
     *
     * @param services who is there and what they say
     */
    Verdict judge(Holding now, Services services, Instant at) {
        Holding before = known;
        if (before == null) {
            know(now, at);
            return new Verdict.Same();
        }
        List<String> lost = before.lostBy(now);
        if (onLoss == OnLoss.HALT && !lost.isEmpty()) {
            if (lostAt == null) {
                lostAt = at;
            }
            if (!isVouchedFor(now, services, lostAt, at)) {
                return new Verdict.Halt(words(lost) + " " + Services.WHAT_TO_DO);
            }
        }
        List<String> others = before.renewedBy(now).stream()
                .map(topic -> "the topic %s was recreated or is gone".formatted(topic))
                .toList();
        boolean again = lostAt != null || !lost.isEmpty() || !others.isEmpty();
        String why = words(lost.isEmpty() ? others : lost);
        know(now, at);
        return !again
                ? new Verdict.Same()
                : new Verdict.Reload(why.isEmpty() ? "Kafka's data is what it was again." : why);
    }

    private void know(Holding now, Instant at) {
        if (now.isWhole()) {
            known = now;
            knownAt = at;
        } else {
            known = null; // what is missing is made, and known by then
        }
        lostAt = null;
    }

    private static boolean isVouchedFor(Holding now, Services services, Instant lostAt, Instant at) {
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
