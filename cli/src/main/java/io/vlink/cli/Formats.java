package io.vlink.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The values of {@code -o} of one command: parses them, and lists them for errors and for a shell's completion. */
abstract class Formats implements ITypeConverter<Format>, Iterable<String> {

    private final List<Format> known;

    Formats(Format... known) {
        this.known = List.of(known);
    }

    @Override
    public Format convert(String word) {
        return known.stream()
                .filter(format -> format.toString().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected %s, not '%s'".formatted(inWords(), word)));
    }

    @Override
    public Iterator<String> iterator() {
        return known.stream().map(Format::toString).iterator();
    }

    private String inWords() {
        String first =
                known.stream().limit(known.size() - 1L).map(Format::toString).collect(Collectors.joining(", "));
        return first + " or " + known.getLast();
    }
}
