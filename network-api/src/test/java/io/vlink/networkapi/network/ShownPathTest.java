package io.vlink.networkapi.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.paths.PathDecision;
import io.vlink.log.EventJson;
import io.vlink.networkapi.Detour;
import io.vlink.networkapi.view.View;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The path of a network as shown. */
class ShownPathTest {

    @Test
    void hidesProtectionPaths() throws IOException {
        // Given
        PathDecision plain = example();
        PathDecision detouring = new PathDecision(
                plain.id(),
                plain.revision(),
                plain.outcome(),
                plain.violations(),
                Detour.around(Objects.requireNonNull(plain.current())),
                plain.retiring(),
                plain.impairments(),
                plain.attachments(),
                plain.decidedAt());

        // Then
        assertThat(ShownPath.of(detouring, new View())).isEqualTo(ShownPath.of(plain, new View()));
    }

    private static PathDecision example() throws IOException {
        String name = "/io/vlink/events/examples/PathDecision.json";
        try (InputStream file = Objects.requireNonNull(PathDecision.class.getResourceAsStream(name), name)) {
            return EventJson.mapper().readValue(file, PathDecision.class);
        }
    }
}
