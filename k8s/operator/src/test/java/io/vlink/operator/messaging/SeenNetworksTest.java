package io.vlink.operator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.AttachmentId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.Revision;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.operator.messaging.SeenNetworks.SeenNetwork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The known networks after their records were added, and notifications of changes. */
final class SeenNetworksTest {

    private static final NetworkId ID = new NetworkId("o", "ns", "n");

    private final List<NetworkId> told = new ArrayList<>();
    private final SeenNetworks seen = new SeenNetworks(told::add);

    @Test
    void keepsTheHighestGenerationAfterTheRecordIsGone() {
        seen.take(ID, network(4));
        seen.take(ID, (Network) null);
        assertThat(seen.network(ID)).isEqualTo(new SeenNetwork(4, null));

        seen.take(ID, network(2));
        assertThat(seen.network(ID)).isEqualTo(new SeenNetwork(4, network(2)));
        assertThat(seen.ids()).containsExactly(ID);
        assertThat(told).containsExactly(ID, ID, ID);
    }

    @Test
    void ignoresAnOlderStatus() {
        NetworkStatus later = status(2);
        seen.take(ID, later);
        seen.take(ID, status(1));
        assertThat(seen.status(ID)).isEqualTo(later);
        assertThat(told).containsExactly(ID);

        seen.take(ID, (NetworkStatus) null);
        assertThat(seen.status(ID)).isNull();
        assertThat(told).hasSize(2);
    }

    @Test
    void allAttachmentsAreDecidedOnceTheDecisionListsTheSame() {
        // Given
        seen.take(id("w1"), attachment("w1", "node-a", false));
        seen.take(id("w2"), attachment("w2", "node-b", false));
        assertThat(seen.attachmentsDecided(ID)).as("no decision").isFalse();

        // When
        seen.take(ID, decision("w1 at node-a"));

        // Then
        assertThat(seen.attachmentsDecided(ID)).as("one attachment is missing").isFalse();

        // When
        seen.take(ID, decision("w1 at node-a", "w2 at node-c"));

        // Then
        assertThat(seen.attachmentsDecided(ID))
                .as("one attachment is on another node")
                .isFalse();

        // When
        seen.take(ID, decision("w1 at node-a", "w2 at node-b"));

        // Then
        assertThat(seen.attachmentsDecided(ID)).isTrue();

        // When
        seen.take(id("w2"), attachment("w2", "node-b", true));

        // Then
        assertThat(seen.attachments(ID)).containsExactly(attachment("w1", "node-a", false));
        assertThat(seen.attachmentsDecided(ID))
                .as("one attachment was withdrawn")
                .isFalse();
    }

    @Test
    void findsDecisionsByOverlay() {
        seen.take(ID, decision());

        assertThat(seen.decisions("o")).containsExactly(decision());
        assertThat(seen.decisions("other")).isEmpty();
    }

    @Test
    void clearDropsAllNetworks() {
        // Given
        seen.take(ID, network(1));
        seen.take(ID, decision());
        seen.take(ID, status(1));
        seen.take(id("w1"), attachment("w1", "node-a", false));

        // When
        seen.clear();

        // Then
        assertThat(seen.network(ID)).isNull();
        assertThat(seen.decision(ID)).isNull();
        assertThat(seen.status(ID)).isNull();
        assertThat(seen.attachments(ID)).isEmpty();
    }

    private static Network network(long generation) {
        return new Network(
                ID,
                generation,
                false,
                Instant.EPOCH,
                new Vlink(new PathSpec(null, "a", "b", null, null), null, Protection.NONE));
    }

    private static NetworkStatus status(long evidence) {
        return new NetworkStatus(
                ID,
                new Revision(1, 1, 0),
                evidence,
                Phase.READY,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static PathDecision decision(String... attachments) {
        return new PathDecision(
                ID,
                new Revision(1, 1, 0),
                Outcome.ADMITTED,
                List.of(),
                null,
                List.of(),
                List.of(),
                Stream.of(attachments)
                        .map(each -> each.split(" at ", -1))
                        .map(parts -> new AttachmentState(parts[0], parts[1], true, null, null))
                        .toList(),
                Instant.EPOCH);
    }

    private static AttachmentId id(String name) {
        return new AttachmentId(ID, name);
    }

    private static Attachment attachment(String name, String node, boolean withdrawn) {
        return new Attachment(
                id(name), 1, withdrawn, Instant.EPOCH, new AttachmentSpec(node, PortLocator.of("eth1"), List.of()));
    }
}
