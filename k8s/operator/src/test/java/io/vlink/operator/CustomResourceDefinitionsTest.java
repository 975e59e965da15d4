package io.vlink.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files under k8s/crds match the Java types. {@code -Dcrds.write=true} writes them. */
final class CustomResourceDefinitionsTest {

    private static final Path CHECKED_IN = Path.of("../crds");

    @TempDir
    Path generated;

    @ParameterizedTest
    @ValueSource(strings = {"l2networks.l2sm.l2sm.k8s.local", "overlays.l2sm.l2sm.k8s.local"})
    void areCheckedInAsGenerated(String name) throws IOException {
        // When
        Definitions.write(generated);

        String definition = Files.readString(generated.resolve(name + "-v1.yml"));
        Path file = CHECKED_IN.resolve(name + ".yaml");
        if (Boolean.getBoolean("crds.write")) {
            Files.createDirectories(CHECKED_IN);
            Files.writeString(file, definition);
        }

        // Then
        assertThat(file)
                .as(
                        "after a change of the types: ./vlink test -pl k8s/operator -am -Dtest=CustomResourceDefinitionsTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dcrds.write=true")
                .hasContent(definition);
    }
}
