package io.vlink.gateway.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.gateway.messaging.DeclaredNodes.Declaration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeclaredNodesTest {

    private static final DatapathId A = DatapathId.of("a");
    private static final DatapathId B = DatapathId.of("b");
    private static final DatapathId ANOTHERS = DatapathId.of("c");

    private final DeclaredNodes nodes = new DeclaredNodes(id -> !id.equals(ANOTHERS));

    private static ResourceId id(String name) {
        return new ResourceId("default", name);
    }

    private static Node node(String name, DatapathId datapathId, @Nullable String ovsdb) {
        return new Node(id(name), 1, false, Instant.EPOCH, new NodeSpec(datapathId, null, ovsdb, false));
    }

    private @Nullable Node put(String name, DatapathId datapathId, @Nullable String ovsdb) {
        return nodes.put(id(name), node(name, datapathId, ovsdb));
    }

    @Test
    void returnsThePreviousRecordOfANode() {
        assertThat(put("n", A, null)).isNull();
        assertThat(put("n", B, null)).isEqualTo(node("n", A, null));
        assertThat(nodes.put(id("n"), null)).isEqualTo(node("n", B, null));
        assertThat(nodes.put(id("n"), null)).isNull();
    }

    @Test
    void keepsTheLastOvsdbOnceNoNodeDeclaresTheSwitch() {
        // Given
        assertThat(nodes.of(A)).isEqualTo(new Declaration(false, null));
        put("n", A, "tcp:10.0.0.1:6640");
        put("n", A, "tcp:10.0.0.2:6640");
        assertThat(nodes.of(A)).isEqualTo(new Declaration(true, "tcp:10.0.0.2:6640"));
        // When: the node is declared without OVSDB
        put("n", A, null);
        // Then
        assertThat(nodes.of(A)).isEqualTo(new Declaration(true, null));
        // When
        nodes.put(id("n"), null);
        // Then
        assertThat(nodes.of(A)).isEqualTo(new Declaration(false, "tcp:10.0.0.2:6640"));
    }

    @Test
    void usesTheOvsdbThatOneOfTwoNodesDeclares() {
        // Given
        put("n", A, null);
        put("m", A, "tcp:10.0.0.1:6640");
        // Then
        assertThat(nodes.of(A)).isEqualTo(new Declaration(true, "tcp:10.0.0.1:6640"));
    }

    @Test
    void returnsTheShardsSwitchesThatAreOrWereDeclared() {
        // Given
        put("n", A, null);
        put("m", B, "tcp:10.0.0.1:6640");
        put("o", ANOTHERS, "tcp:10.0.0.3:6640");
        // Then
        assertThat(nodes.switches()).containsExactlyInAnyOrder(A, B);
        // When
        nodes.put(id("n"), null);
        nodes.put(id("m"), null);
        nodes.put(id("o"), null);
        // Then: the tunnels made over its OVSDB are to be removed
        assertThat(nodes.switches()).containsExactly(B);
        assertThat(nodes.of(ANOTHERS)).isEqualTo(new Declaration(false, null));
    }
}
