package io.vlink.operator.network;

import io.vlink.operator.network.L2NetworkStatus.RecordedGeneration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Translates generations of a network's record into those of the resource. The two count differently: a record's
 * generation also grows when others change it, and an edit of a field that concerns only this cluster leaves it as it
 * is. Pure.
 *
 * @param all in the order of the record's generation
 */
record RecordedGenerations(List<RecordedGeneration> all) {

    private static final Pattern NAMED = Pattern.compile("\\b([Gg]eneration) (\\d{1,18})\\b");

    RecordedGenerations {
        all = List.copyOf(all);
    }

    /** Returns the generations that a status knows. */
    static RecordedGenerations of(@Nullable L2NetworkStatus status) {
        if (status == null || status.recordedGeneration() == null) {
            return new RecordedGenerations(List.of());
        }
        if (status.generations() != null) {
            return new RecordedGenerations(status.generations());
        }
        Long observed = status.observedGeneration(); // an earlier build wrote this status
        return new RecordedGenerations(
                observed == null ? List.of() : List.of(new RecordedGeneration(observed, status.recordedGeneration())));
    }

    /** Returns these with a generation of the spec that was recorded now, or was recorded already. */
    RecordedGenerations with(long spec, long recorded) {
        List<RecordedGeneration> next = new ArrayList<>();
        for (RecordedGeneration each : all) {
            if (each.recorded() < recorded) {
                next.add(each);
            }
        }
        next.add(new RecordedGeneration(spec, recorded));
        return new RecordedGenerations(next);
    }

    /** Returns whether this generation of the spec is the last one recorded. */
    boolean isRecorded(long spec) {
        return !all.isEmpty() && all.getLast().spec() == spec;
    }

    /** Returns the spec's generation that a generation of the record resulted from; an earlier one if that is unknown. */
    long spec(long recorded) {
        for (RecordedGeneration each : all.reversed()) {
            if (each.recorded() <= recorded) {
                return each.spec();
            }
        }
        return all.isEmpty() ? 0 : Math.max(0, all.getFirst().spec() - 1);
    }

    /** Returns a message that names generations of the record, with those of the spec. */
    String inWords(String message) {
        return all.isEmpty()
                ? message
                : NAMED.matcher(message)
                        .replaceAll(found ->
                                Matcher.quoteReplacement(found.group(1) + " " + spec(Long.parseLong(found.group(2)))));
    }

    /** Returns the last one, and the one that the record's generation {@code described} resulted from. */
    RecordedGenerations since(long described) {
        List<RecordedGeneration> kept = new ArrayList<>();
        for (RecordedGeneration each : all.reversed()) {
            if (kept.isEmpty()) {
                kept.add(each);
            } else if (each.recorded() <= described) {
                kept.add(each);
                break;
            }
        }
        return new RecordedGenerations(kept.reversed());
    }
}
