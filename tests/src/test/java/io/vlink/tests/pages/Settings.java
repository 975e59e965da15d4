package io.vlink.tests.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of an {@code application.properties}, each with the comment above it or above its group of lines. */
record Settings(List<Line> lines) {

    record Line(String name, String value, String comment) {}

    static Settings of(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        String comment = "";
        boolean inComment = false;
        for (String text : Files.readAllLines(file)) {
            if (text.startsWith("#")) {
                comment = (inComment ? comment + " " : "") + text.substring(1).strip();
                inComment = true;
                continue;
            }
            inComment = false;
            int at = text.indexOf('=');
            if (at < 0) {
                comment = "";
            } else {
                lines.add(new Line(text.substring(0, at), text.substring(at + 1), comment));
            }
        }
        return new Settings(lines);
    }

    Optional<String> value(String name) {
        return lines.stream()
                .filter(line -> line.name().equals(name))
                .map(Line::value)
                .findFirst();
    }

    /** Returns rows of Quarkus' own settings, without those of tests, schemas and channels. */
    List<String> ofQuarkus() {
        return lines.stream()
                .filter(line ->
                        line.name().startsWith("quarkus.") && !line.name().startsWith("quarkus.index-dependency"))
                .filter(line -> !line.name().contains("test-port"))
                .map(line -> "| `%s` | `%s` | %s |%n".formatted(line.name(), line.value(), line.comment()))
                .toList();
    }
}
