package io.vlink.networkapi.rest;

import io.vlink.networkapi.http.Call;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Converts {@code If-Match} and {@code If-None-Match} of a write (RFC 9110 §13.1) to the generation that a request
 * requires, and evaluates {@code If-None-Match} of a read.
 */
final class Preconditions {

    private static final Pattern TAG = Pattern.compile("\\s*(W/)?\"([^\"]*)\"\\s*(?:,|$)");

    private Preconditions() {}

    /**
     * Returns the generation that must be recorded; 0 if nothing must be; null if any may be.
     *
     * @throws ProblemException if the condition fails already, or cannot be read
     */
    static @Nullable Long ifGeneration(Call call, Target target) {
        Optional<Target.CurrentState> shown = target.shown().filter(s -> !s.withdrawn());
        String match = call.ifMatch();
        Long demanded = match == null ? null : demanded(match, target, shown);
        String noneMatch = call.ifNoneMatch();
        if (noneMatch == null) {
            return demanded;
        }
        if (noneMatch.strip().equals("*")) {
            if (demanded != null) {
                throw shown.map(s -> mismatch(target, s.generation(), "If-None-Match: *"))
                        .orElseGet(() -> absent(target));
            }
            return 0L;
        }
        List<Long> tags = tags("If-None-Match", noneMatch, true);
        shown.filter(s -> tags.contains(s.generation())).ifPresent(s -> {
            throw mismatch(target, s.generation(), noneMatch);
        });
        return demanded;
    }

    /** Returns whether the caller of a GET knows this generation, by {@code If-None-Match}. */
    static boolean isKnown(Call call, long generation) {
        String noneMatch = call.ifNoneMatch();
        return noneMatch != null
                && (noneMatch.strip().equals("*")
                        || tags("If-None-Match", noneMatch, true).contains(generation));
    }

    /**
     * Refuses conditions on POST, which only creates. Only {@code If-None-Match: *} is accepted, since it means the
     * same.
     */
    static void refuseOnPost(Call call) {
        String noneMatch = call.ifNoneMatch();
        if (call.ifMatch() != null || (noneMatch != null && !noneMatch.strip().equals("*"))) {
            throw new ProblemException(
                    Problem.ProblemType.BAD_REQUEST,
                    "The headers If-Match and If-None-Match are for PUT and DELETE. POST creates only what does not exist.");
        }
    }

    private static Long demanded(String match, Target target, Optional<Target.CurrentState> shown) {
        if (match.strip().equals("*")) {
            return shown.map(Target.CurrentState::generation).orElseThrow(() -> absent(target));
        }
        List<Long> tags = tags("If-Match", match, false);
        // Of several tags, chooses the one shown; the recorder makes the final decision.
        return tags.stream()
                .filter(tag -> shown.map(s -> s.generation() == tag).orElse(false))
                .findFirst()
                .or(() -> tags.stream().findFirst())
                .orElseThrow(() ->
                        shown.map(s -> mismatch(target, s.generation(), match)).orElseGet(() -> absent(target)));
    }

    /**
     * Returns the generations in a header. Weak tags count only if {@code weak}. Tags other than numbers are ignored:
     * this service issues none.
     */
    private static List<Long> tags(String header, String value, boolean weak) {
        List<Long> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(value);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            end = matcher.end();
            if ((weak || matcher.group(1) == null) && matcher.group(2).matches("[0-9]{1,18}")) {
                tags.add(Long.parseLong(matcher.group(2)));
            }
        }
        if (end != value.length() || value.isEmpty()) {
            throw new ProblemException(
                    Problem.ProblemType.BAD_REQUEST,
                    "The header %s (%s) must be * or entity tags such as \"3\".".formatted(header, value));
        }
        return tags;
    }

    private static ProblemException mismatch(Target target, long generation, String wanted) {
        return new ProblemException(
                Problem.ProblemType.GENERATION_MISMATCH,
                "The %s has the entity tag \"%d\", but the condition requires %s."
                        .formatted(target.what(), generation, wanted));
    }

    private static ProblemException absent(Target target) {
        return new ProblemException(
                Problem.ProblemType.GENERATION_MISMATCH, "The %s does not exist.".formatted(target.what()));
    }
}
