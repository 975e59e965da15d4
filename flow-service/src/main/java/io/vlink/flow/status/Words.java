package io.vlink.flow.status;

import io.vlink.events.paths.Impairment;
import io.vlink.events.reasons.Violation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Combines messages. */
final class Words {

    private Words() {}

    static String ofViolations(List<Violation> violations) {
        return joined(violations.stream().map(Violation::message));
    }

    static String ofImpairments(List<Impairment> impairments) {
        return joined(impairments.stream().map(Impairment::message));
    }

    /** Joins sentences, each once. */
    static String joined(Stream<String> sentences) {
        return sentences.distinct().collect(Collectors.joining(" "));
    }

    /** Returns a sentence without its full stop, for use within another. */
    static String bare(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
