package io.vlink.tests.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One generated page. */
record Page(String name) {

    static Path root() {
        return Path.of(System.getProperty("vlink.root", "..")).toAbsolutePath().normalize();
    }

    /** What stands there now; empty where there is none. */
    String text() {
        try {
            return Files.exists(path()) ? Files.readString(path()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails unless the page says just this. */
    void mustBe(String generated) {
        if ("write".equals(System.getProperty("pages"))) {
            try {
                Files.writeString(path(), generated);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(text())
                .as("%s is not what the code says; write it anew with -Dpages=write", path())
                .isEqualTo(generated);
    }

    private Path path() {
        return root().resolve("docs").resolve(name);
    }
}
