package io.vlink.networkapi.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.networkapi.view.View;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The versions of a thing that the view shows while a write is in progress. */
class VersionsTest {

    private static final ResourceId NODE = new ResourceId("default", "node-a");

    private final View view = new View();

    /** A node in the view. */
    private record NodeTarget(View view) implements Target {

        @Override
        public String key() {
            return NODE.toString();
        }

        @Override
        public String statusKey() {
            return key();
        }

        @Override
        public String location() {
            return "/" + key();
        }

        @Override
        public String what() {
            return "node " + key();
        }

        @Override
        public Optional<CurrentState> shown() {
            return view.nodes()
                    .get(key())
                    .map(node -> new CurrentState(node.generation(), node.withdrawn(), () -> node));
        }

        @Override
        public Progress declared(long generation) {
            return Progress.DONE;
        }

        @Override
        public boolean isRemoved(long generation) {
            return shown().isEmpty();
        }

        @Override
        public boolean takesTime() {
            return false;
        }
    }

    @Test
    void keepTheWritersVersionWhenTheViewShowsARivals() {
        // Given
        shows(3);
        try (Versions versions = new Versions(view, new NodeTarget(view))) {
            // When
            shows(4);
            shows(5);

            // Then
            assertThat(versions.reached(4)).isTrue();
            assertThat(versions.of(4)).hasValueSatisfying(own -> {
                assertThat(own.generation()).isEqualTo(4);
                assertThat(own.body().get()).isEqualTo(node(4));
            });
            assertThat(versions.of(3)).as("a write that changes nothing").isPresent();
            assertThat(versions.reached(6)).isFalse();
            assertThat(versions.of(6)).isEmpty();
        }
    }

    @Test
    void keepWhatARivalRemoved() {
        try (Versions versions = new Versions(view, new NodeTarget(view))) {
            // When
            shows(1);
            shows(null);

            // Then
            assertThat(versions.reached(1)).isTrue();
            assertThat(versions.of(1)).isPresent();
        }
    }

    @Test
    void findTheLastOneUpToAWithdrawal() {
        // Given
        shows(3);
        try (Versions versions = new Versions(view, new NodeTarget(view))) {
            // When
            shows(null);
            shows(9);

            // Then
            assertThat(versions.upTo(4)).hasValueSatisfying(before -> assertThat(before.generation())
                    .isEqualTo(3));
            assertThat(versions.upTo(2)).isEmpty();
        }
    }

    @Test
    void keepNothingMoreOnceClosed() {
        // Given
        Versions versions = new Versions(view, new NodeTarget(view));
        versions.close();

        // When
        shows(1);
        shows(2);

        // Then
        assertThat(versions.of(1)).isEmpty();
        assertThat(versions.of(2)).as("what the view shows now").isPresent();
    }

    private void shows(@Nullable Integer generation) {
        view.put(Node.TOPIC, NODE.toString(), generation == null ? null : node(generation));
    }

    private static Node node(long generation) {
        return new Node(
                NODE,
                generation,
                false,
                Instant.EPOCH,
                new NodeSpec(new DatapathId(generation), null, null, false),
                null);
    }
}
