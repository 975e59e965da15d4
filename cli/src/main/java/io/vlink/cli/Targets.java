package io.vlink.cli;

import io.vlink.cli.kinds.Kind;
import io.vlink.cli.kinds.Place;
import io.vlink.cli.kinds.Reference;
import java.util.List;

/**
 * What a command is about: {@code KIND}, {@code KIND NAME...} or {@code KIND/NAME...}.
 *
 * @param names none: all of the kind
 */
record Targets(Kind kind, List<Reference> names) {

    static Targets of(List<String> words, Place place) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("A kind is missing; there are: %s.".formatted(Kind.all()));
        }
        if (words.getFirst().contains("/")) {
            List<Reference> names =
                    words.stream().map(word -> reference(word, place)).toList();
            return new Targets(names.getFirst().kind(), names);
        }
        Kind kind = Kind.of(words.getFirst());
        return new Targets(
                kind,
                words.stream()
                        .skip(1)
                        .map(name -> new Reference(kind, place, name))
                        .toList());
    }

    private static Reference reference(String word, Place place) {
        int slash = word.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("KIND/NAME is expected, not '%s'.".formatted(word));
        }
        return new Reference(Kind.of(word.substring(0, slash)), place, word.substring(slash + 1));
    }

    /** Those that a command cannot do without. */
    static List<Reference> named(List<String> words, Place place) {
        Targets targets = of(words, place);
        if (targets.names().isEmpty()) {
            throw new IllegalArgumentException(
                    "Which %s? A name is missing.".formatted(targets.kind().singular()));
        }
        return targets.names();
    }
}
