package io.vlink.cli;

import io.vlink.cli.kinds.Kind;
import io.vlink.cli.kinds.Place;
import io.vlink.cli.kinds.Reference;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The resources that a command is about: {@code KIND}, {@code KIND NAME...} or {@code KIND/NAME...}.
 *
 * @param names the names; empty: all of the kind
 */
record Targets(Kind kind, List<Reference> names) {

    /** The values of the first word, for a shell's completion. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Kind.values())
                    .flatMap(kind -> Stream.of(kind.plural(), kind.singular()))
                    .iterator();
        }
    }

    /** The values of the first word of {@code get}. */
    static final class KindsAndAll implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.concat(Stream.of(ALL), StreamSupport.stream(new Kinds().spliterator(), false))
                    .iterator();
        }
    }

    /** Stands for all kinds. */
    private static final String ALL = "all";

    /**
     * Returns the kinds of a first word that stands for several: {@code all}, or kinds separated by commas; an empty
     * list if it is an ordinary word.
     */
    static List<Kind> several(List<String> words) {
        String first = words.isEmpty() ? "" : words.getFirst();
        if (!first.equals(ALL) && !first.contains(",")) {
            return List.of();
        }
        if (words.size() > 1) {
            throw new IllegalArgumentException("Names cannot be given for several kinds at once.");
        }
        return first.equals(ALL)
                ? List.of(Kind.values())
                : Arrays.stream(first.split(",", -1))
                        .map(Kind::of)
                        .distinct()
                        .sorted()
                        .toList();
    }

    static Targets of(List<String> words, Place place) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("A kind is missing. Kinds: %s.".formatted(Kind.all()));
        }
        if (words.getFirst().equals(ALL)) {
            throw new IllegalArgumentException("all kinds at once can be given to get only.");
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
            throw new IllegalArgumentException("Expected KIND/NAME, not '%s'.".formatted(word));
        }
        return new Reference(Kind.of(word.substring(0, slash)), place, word.substring(slash + 1));
    }

    /** Returns the names for a command that requires at least one. */
    static List<Reference> named(List<String> words, Place place) {
        Targets targets = of(words, place);
        if (targets.names().isEmpty()) {
            throw new IllegalArgumentException(
                    "The name of the %s is missing.".formatted(targets.kind().singular()));
        }
        return targets.names();
    }
}
