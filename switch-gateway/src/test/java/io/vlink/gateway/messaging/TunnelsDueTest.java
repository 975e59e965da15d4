package io.vlink.gateway.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.gateway.tunnels.TunnelTopology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TunnelsDueTest {

    private static final DatapathId A = DatapathId.of("a");
    private static final DatapathId B = DatapathId.of("b");
    private static final DatapathId ANOTHERS = DatapathId.of("c");

    private final TunnelTopology tunnels = new TunnelTopology(4789);
    private final TunnelsDue due = new TunnelsDue(tunnels, id -> !id.equals(ANOTHERS));
    private final Set<DatapathId> ours = new HashSet<>();
    private final List<DatapathId> told = new ArrayList<>();

    private void declare(DatapathId... switches) {
        for (DatapathId datapathId : switches) {
            ResourceId id = new ResourceId("default", "n" + datapathId);
            tunnels.node(id, new Node(id, 1, false, Instant.EPOCH, new NodeSpec(datapathId, null, null, false)));
        }
    }

    private List<DatapathId> tell() {
        told.clear();
        due.tell(ours::contains, (id, wanted) -> {
            assertThat(wanted).isEqualTo(tunnels.wanted(id));
            told.add(id);
        });
        return told;
    }

    @Test
    void passesOnChangesOnlyAndOnlyOnce() {
        // Given
        ours.addAll(Set.of(A, B));
        declare(A, B);
        assertThat(tell()).containsExactlyInAnyOrder(A, B);
        assertThat(tell()).isEmpty();
        // When
        declare(B);
        // Then
        assertThat(tell()).containsExactly(B);
    }

    @Test
    void waitsUntilASwitchIsFoundToBelongToTheSuite() {
        // Given
        ours.add(B);
        declare(A, B);
        assertThat(tell()).containsExactly(B);
        assertThat(tell()).isEmpty();
        // When
        ours.add(A);
        // Then
        assertThat(tell()).containsExactly(A);
        assertThat(tell()).isEmpty();
    }

    @Test
    void ignoresSwitchesOfOtherPartitions() {
        // Given
        ours.add(ANOTHERS);
        declare(ANOTHERS);
        // Then
        assertThat(tell()).isEmpty();
    }
}
