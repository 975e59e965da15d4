package io.vlink.networkapi.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code If-Match} and {@code If-None-Match} of a write (RFC 9110 §13.1), as the generation that a request demands. */
final class Conditions {

    private static final Pattern TAG = Pattern.compile("\\s*(W/)?\"([^\"]*)\"\\s*(?:,|$)");

    private Conditions() {}

    /**
     * The generation that must be recorded; 0: nothing must be; absent: any.
     *
     * @throws ProblemException if the condition fails already, or cannot be read
     */
    static @Nullable Long ifGeneration(Call call, Target target) {
        Optional<Target.Shown> shown = target.shown().filter(s -> !s.withdrawn());
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

    /** Refuses what POST cannot mean: it makes only what is not there, which {@code If-None-Match: *} says too. */
    static void refuseOnPost(Call call) {
        String noneMatch = call.ifNoneMatch();
        if (call.ifMatch() != null || (noneMatch != null && !noneMatch.strip().equals("*"))) {
            throw new ProblemException(
                    Problem.Kind.BAD_REQUEST,
                    "The headers If-Match and If-None-Match are for PUT and DELETE; POST declares only what does not exist.");
        }
    }

    private static Long demanded(String match, Target target, Optional<Target.Shown> shown) {
        if (match.strip().equals("*")) {
            return shown.map(Target.Shown::generation).orElseThrow(() -> absent(target));
        }
        List<Long> tags = tags("If-Match", match, false);
        // Of several tags the one that is shown is asked for; the recorder has the last word on it.
        return tags.stream()
                .filter(tag -> shown.map(s -> s.generation() == tag).orElse(false))
                .findFirst()
                .or(() -> tags.stream().findFirst())
                .orElseThrow(() ->
                        shown.map(s -> mismatch(target, s.generation(), match)).orElseGet(() -> absent(target)));
    }

    /** A weak tag never matches strongly, and no tag but a number was ever given out. */
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
                    Problem.Kind.BAD_REQUEST,
                    "The %s (%s) must be * or entity tags such as \"3\".".formatted(header, value));
        }
        return tags;
    }

    private static ProblemException mismatch(Target target, long generation, String wanted) {
        return new ProblemException(
                Problem.Kind.GENERATION_MISMATCH,
                "The %s has the entity tag \"%d\"; the condition says %s."
                        .formatted(target.what(), generation, wanted));
    }

    private static ProblemException absent(Target target) {
        return new ProblemException(
                Problem.Kind.GENERATION_MISMATCH, "The %s does not exist.".formatted(target.what()));
    }
}
