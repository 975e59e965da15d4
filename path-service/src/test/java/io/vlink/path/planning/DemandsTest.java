package io.vlink.path.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.networks.Capabilities;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demands of a network, independent of its kind. */
class DemandsTest {

    private static final Capabilities CAPABLE = new Capabilities(20_000_000L, 800_000L);
    private static final PathSpec THERE = new PathSpec("there", "node-a", "node-e", List.of("link-ae"), CAPABLE);

    @Test
    void aVlinkWithoutAWayBackRequestsTheMirroredOne() {
        // When
        Demands demands = Demands.of(new Vlink(THERE, null, Protection.NONE));

        // Then
        assertThat(demands.endpoints()).containsExactly("node-a", "node-e");
        assertThat(demands.all())
                .containsExactly(
                        new Demand(
                                "$.path",
                                "there",
                                0,
                                1,
                                "node-a",
                                "node-e",
                                List.of("link-ae"),
                                CAPABLE,
                                null,
                                Protection.NONE),
                        new Demand("$.path", null, 1, 0, "node-e", "node-a", null, CAPABLE, 0, Protection.NONE));
        assertThat(demands.mirror(0)).isEqualTo(demands.all().getLast());
        assertThat(demands.mirror(1)).isNull();
        assertThat(demands.written(demands.all().getLast()))
                .isEqualTo(demands.all().getFirst());
    }

    @Test
    void aVlinkWithAWayBackRequestsBothAsWritten() {
        PathSpec back = new PathSpec("back", "node-x", "node-a", null, null);

        Demands demands = Demands.of(new Vlink(THERE, back, Protection.RESTORE));

        assertThat(demands.endpoints()).containsExactly("node-a", "node-e");
        assertThat(demands.all().getLast())
                .isEqualTo(new Demand(
                        "$.reversePath", "back", 1, 0, "node-x", "node-a", null, null, null, Protection.RESTORE));
        assertThat(demands.mirror(0)).isNull();
        assertThat(demands.restores()).isTrue();
    }
}
