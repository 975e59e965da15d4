package io.vlink.events.paths;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vlink.events.Known;
import io.vlink.events.Remark;
import io.vlink.events.Violation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with the way of a live network.
 *
 * @param field JSON path of the field of the network's spec that it is about, such as {@code $.path.links[1]}
 * @param reason one word in CamelCase, stable, for programs
 * @param message for people: what is wrong, with names and numbers
 * @param effect what comes of it for traffic; absent in old records: what the reason implies
 * @param obstacle what keeps traffic from following, where it stays though its way was declared elsewhere; absent: nothing
 *     that was tried
 * @param since since when it is so; absent in old records
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

    /** What comes of an impairment for traffic. */
    public enum Effect {
        /** None passes. */
        @JsonProperty("cut")
        CUT,
        /** It passes, later than was asked for. */
        @JsonProperty("slow")
        SLOW,
        /** It passes, and the next failure would cut it though it was to be protected. */
        @JsonProperty("protectionLost")
        PROTECTION_LOST,
        /** It passes as declared; people should know all the same. */
        @JsonProperty("note")
        NOTE
    }

    public Impairment {
        effect = effect == null ? ImpairmentReason.effectOf(reason) : effect;
    }

    public Impairment(String field, ImpairmentReason reason, String message) {
        this(field, reason.name(), message, reason.effect(), null, null);
    }

    @Override
    public Impairment worded(String words, @Nullable Instant from) {
        return new Impairment(field, reason, words, effect, obstacle, from);
    }

    /** Whether no traffic passes for it. */
    public boolean cuts() {
        return effect == Effect.CUT;
    }

    /** The same, with what keeps traffic from following; null: nothing that was tried. */
    public Impairment behind(@Nullable Violation why) {
        return why == null ? this : new Impairment(field, reason, message + STAYS + why.message(), effect, why, since);
    }
}
