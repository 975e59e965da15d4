package io.vlink.path.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.path.allocation.Ways;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NetworkIndexTest {

    private static final DatapathId SWITCH = DatapathId.of("a");
    private static final DatapathId OTHER = DatapathId.of("b");

    private final NetworkIndex index = new NetworkIndex();
    private final NetworkState first = network("first");
    private final NetworkState second = network("second");
    private final NetworkState third = network("third");

    @Test
    void findsNetworksInOrderOfArrival() {
        follow(third, SWITCH);
        follow(first, SWITCH);
        follow(second, SWITCH);
        follow(second, SWITCH);

        assertThat(index.displacedOn(SWITCH)).containsExactly(third, first, second);
    }

    @Test
    void doesNotFindARemovedNetwork() {
        // Given
        follow(first, SWITCH);
        follow(second, SWITCH);
        follow(third, SWITCH);

        // When
        leave(second, SWITCH);

        // Then
        assertThat(index.displacedOn(SWITCH)).containsExactly(first, third);

        // When
        leave(third, SWITCH);

        // Then
        assertThat(index.displacedOn(SWITCH)).containsExactly(first);

        // When
        follow(second, SWITCH);

        // Then
        assertThat(index.displacedOn(SWITCH)).containsExactly(first, second);
    }

    @Test
    void removingAnAbsentNetworkChangesNothing() {
        follow(first, SWITCH);

        leave(second, SWITCH);
        leave(first, OTHER);

        assertThat(index.displacedOn(SWITCH)).containsExactly(first);
        assertThat(index.displacedOn(OTHER)).isEmpty();
    }

    @Test
    void isEmptyAfterTheLastRemoval() {
        follow(first, SWITCH);
        assertThat(index.hasDisplaced()).isTrue();

        leave(first, SWITCH);

        assertThat(index.displacedOn(SWITCH)).isEmpty();
        assertThat(index.hasDisplaced()).isFalse();
    }

    private void follow(NetworkState network, DatapathId datapathId) {
        index.replace(network, Footprint.NOTHING, on(datapathId));
    }

    private void leave(NetworkState network, DatapathId datapathId) {
        index.replace(network, on(datapathId), Footprint.NOTHING);
    }

    private static Footprint on(DatapathId datapathId) {
        return new Footprint(Ways.NONE, Set.of(), Set.of(), Set.of(), Set.of(datapathId), Set.of());
    }

    private static NetworkState network(String name) {
        return new NetworkState(new NetworkId("o", "ns", name));
    }
}
