package io.vlink.events.paths;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vlink.events.reasons.Remark;
import io.vlink.events.reasons.Violation;
import io.vlink.events.schema.Known;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with the path of a live network.
 *
 * @param field the JSON path of the affected field of the network's spec, such as {@code $.path.links[1]}
 * @param reason one word in CamelCase, stable, for programs
 * @param message for people: what is wrong, with names and numbers
 * @param effect the effect on traffic; absent in old records: implied by the reason
 * @param obstacle what keeps traffic from moving to the newly declared path; absent: no obstacle was met
 * @param since when the problem began; absent in old records
 */
public record Impairment(
        String field,
        @Known(ImpairmentReason.class) String reason,
        String message,
        @Nullable Effect effect,
        @Nullable Violation obstacle,
        @Nullable Instant since)
        implements Remark<Impairment> {

    private static final String STAYS = " Traffic stays where it was, since the path cannot follow: ";

    /** The effect of an impairment on traffic. */
    public enum Effect {
        /** No traffic passes. */
        @JsonProperty("cut")
        CUT,
        /** Traffic passes, with more latency than allowed. */
        @JsonProperty("slow")
        SLOW,
        /** Traffic passes, but the next failure would cut it although it should be protected. */
        @JsonProperty("protectionLost")
        PROTECTION_LOST,
        /** Traffic passes as declared; for information only. */
        @JsonProperty("note")
        NOTE
    }

    public Impairment {
        effect = effect == null ? ImpairmentReason.effectOf(reason) : effect;
    }

    public Impairment(String field, ImpairmentReason reason, String message) {
        this(field, reason.word(), message, reason.effect(), null, null);
    }

    @Override
    public Impairment worded(String words, @Nullable Instant from) {
        return new Impairment(field, reason, words, effect, obstacle, from);
    }

    /** Whether it stops all traffic. */
    public boolean cuts() {
        return effect == Effect.CUT;
    }

    /** Returns the impairment with the obstacle that keeps traffic from moving; null: no obstacle was met. */
    public Impairment behind(@Nullable Violation why) {
        return why == null ? this : new Impairment(field, reason, message + STAYS + why.message(), effect, why, since);
    }
}
