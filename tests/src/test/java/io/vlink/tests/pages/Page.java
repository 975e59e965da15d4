package io.vlink.tests.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A generated page. */
record Page(String name) {

    static Path root() {
        return Path.of(System.getProperty("vlink.root", "..")).toAbsolutePath().normalize();
    }

    /** Returns its current text; empty if it does not exist. */
    String text() {
        try {
            return Files.exists(path()) ? Files.readString(path()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails unless the page has exactly this text. */
    void mustBe(String generated) {
        if ("write".equals(System.getProperty("pages"))) {
            try {
                Files.writeString(path(), generated);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(text())
                .as("%s differs from the code; regenerate it with -Dpages=write", path())
                .isEqualTo(generated);
    }

    private Path path() {
        return root().resolve("docs").resolve(name);
    }
}
