package io.vlink.networkapi.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vlink.events.NetworkId;
import io.vlink.events.networks.Network;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import io.vlink.networkapi.view.Follower.StreamItem;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A follower receives every change once, or a snapshot with the reason. */
final class FollowerTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Filter ALL = new Filter(EnumSet.allOf(ChangeKind.class), null, null, null);

    /** An id from the build of 29 November 2026 with nine kinds: two partitions, one change of a network. */
    private static final String KEPT = "AQLAm5vYBgAAAAAAAQAAAAAAAAAAAAAAAA";

    private final View view = new View();
    private final Changes changes = new Changes(4, 2);
    private long offset;

    @Test
    void receivesChangesAfterItBegan() {
        declare("one");
        Follower follower = new Follower(view, changes, ALL, changes.now(NOW));
        declare("two");

        assertThat(received(follower)).containsExactly("changed default/ns/two");
    }

    @Test
    void continuesFromItsPosition() {
        Follower follower = new Follower(view, changes, ALL, changes.now(NOW));
        declare("one");
        StreamItem.Changed heard = (StreamItem.Changed) next(follower);
        Position position = Position.of(heard.position().toString());
        declare("two");
        declare("three");

        Follower back = new Follower(view, changes, ALL, changes.after(position, NOW));

        assertThat(received(back)).containsExactly("changed default/ns/two", "changed default/ns/three");
    }

    @Test
    void receivesASnapshotIfMoreChangedThanIsKept() {
        // Given
        Position position = Position.of(changes.now(NOW).position().toString());
        for (String name : List.of("one", "two", "three", "four", "five")) {
            declare(name);
        }
        withdraw("two");

        // When
        Follower back = new Follower(view, changes, ALL, changes.after(position, NOW));
        List<String> received = received(back);
        declare("six");
        received.addAll(received(back));

        // Then
        assertThat(received)
                .containsExactly(
                        "snapshot",
                        "shown default/ns/five",
                        "shown default/ns/four",
                        "shown default/ns/one",
                        "shown default/ns/three",
                        "end",
                        "changed default/ns/six");
    }

    @Test
    void receivesASnapshotIfItWasTooSlow() {
        Follower slow = new Follower(view, changes, ALL, changes.now(NOW));
        for (String name : List.of("one", "two", "three", "four", "five")) {
            declare(name);
        }

        assertThat(received(slow)).startsWith("snapshot").endsWith("end").hasSize(7);
    }

    @Test
    void receivesASnapshotIfItIsAheadOrWasAwayForLong() {
        declare("one");
        Position position = Position.of(changes.now(NOW).position().toString());

        Changes recreated = new Changes(4, 2);
        Instant later = NOW.plus(Duration.ofHours(13));
        assertThat(recreated.after(position, NOW).gap()).contains("recreated");
        assertThat(changes.after(position, later).gap()).contains("too old");
        assertThat(new Changes(4, 3).after(position, NOW).gap()).contains("partitions");
        assertThat(changes.after(position, NOW).gap()).isNull();
    }

    @Test
    void receivesOnlyWhatTheFilterSelects() {
        // Given
        Filter filter = new Filter(Set.of(ChangeKind.NETWORK), "default", "ns", "two");
        Follower follower = new Follower(view, changes, filter, changes.now(NOW));

        // When
        declare("one");
        declare("two");
        change(ChangeKind.STATUS, "default/ns/two");
        change(ChangeKind.NODE, "default/two");

        // Then
        assertThat(received(follower)).containsExactly("changed default/ns/two");
        assertThat(new Filter(Set.of(ChangeKind.NODE), null, "ns", null).allows(ChangeKind.NODE))
                .isFalse();
        assertThat(new Filter(Set.of(ChangeKind.NODE), "default", null, null).allows(ChangeKind.NODE, "other/x"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AQ", "AQAA", "____", "AQH_____________", "not base64!", "AQIB", "AQIBAAAB"})
    void refusesAnInvalidPosition(String text) {
        assertThatThrownBy(() -> Position.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsAnIdOfAnEarlierBuild() {
        declare("one");

        assertThat(changes.now(NOW).position()).hasToString(idOf(ChangeKind.values().length));
        assertThat(Position.of(KEPT).partitions()).isEqualTo(2);
        assertThat(idOf(9)).isEqualTo(KEPT);
    }

    @Test
    void receivesASnapshotIfThereAreNewKinds() {
        // Given: an id of a build with fewer kinds
        declare("one");
        Position position = Position.of(idOf(ChangeKind.values().length - 1));

        // When
        Changes.Entrance entrance = changes.after(position, NOW);

        // Then
        assertThat(entrance.gap()).contains("kinds");
        assertThat(received(new Follower(view, changes, ALL, entrance)))
                .containsExactly("snapshot", "shown default/ns/one", "end");
        assertThat(entrance.position()).hasToString(idOf(ChangeKind.values().length));
    }

    @Test
    void continuesFromAnIdOfALaterBuildWithMoreKinds() {
        declare("one");
        Position position = Position.of(idOf(ChangeKind.values().length + 2));
        assertThat(position).hasToString(idOf(ChangeKind.values().length));
        declare("two");

        Changes.Entrance entrance = changes.after(position, NOW);

        assertThat(entrance.gap()).isNull();
        assertThat(received(new Follower(view, changes, ALL, entrance))).containsExactly("changed default/ns/two");
    }

    /** Returns the id after the first network, with two partitions, in a build with this number of kinds. */
    private static String idOf(int kinds) {
        byte[] counted = new byte[2 * kinds];
        counted[2 * 2 + 1] = 1; // the third kind, the second partition
        ByteBuffer bytes = ByteBuffer.allocate(7 + counted.length);
        bytes.put((byte) 1).put((byte) 2);
        for (long rest = NOW.getEpochSecond(); rest > 0; rest >>>= 7) {
            bytes.put((byte) (rest > 0x7f ? (rest & 0x7f) | 0x80 : rest));
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes.put(counted).array());
    }

    private void declare(String name) {
        NetworkId id = new NetworkId("default", "ns", name);
        NetworkSpec spec = new Vlink(new PathSpec(null, "a", "b", null, null), null, Protection.RESTORE);
        view.put(Network.TOPIC, id.toString(), new Network(id, 1, false, NOW, spec));
        change(ChangeKind.NETWORK, id.toString());
    }

    private void withdraw(String name) {
        view.put(Network.TOPIC, "default/ns/" + name, null);
        changes.add(List.of(new Change(ChangeKind.NETWORK, "default/ns/" + name, 1, offset++, null, null)));
    }

    private void change(ChangeKind kind, String key) {
        changes.add(List.of(new Change(kind, key, 1, offset++, new byte[] {'{', '}'}, null)));
    }

    private static StreamItem next(Follower follower) {
        StreamItem step = follower.next(NOW);
        assertThat(step).isNotNull();
        return step == null ? new StreamItem.SnapshotBegin("") : step;
    }

    private static List<String> received(Follower follower) {
        List<String> received = new ArrayList<>();
        for (StreamItem step = follower.next(NOW); step != null; step = follower.next(NOW)) {
            received.add(
                    switch (step) {
                        case StreamItem.SnapshotBegin begin -> "snapshot";
                        case StreamItem.SnapshotItem shown -> "shown " + shown.key();
                        case StreamItem.SnapshotEnd end -> "end";
                        case StreamItem.Changed changed ->
                            "changed " + changed.change().key();
                    });
        }
        return received;
    }
}
