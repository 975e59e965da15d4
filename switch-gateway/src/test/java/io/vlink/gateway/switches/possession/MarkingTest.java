package io.vlink.gateway.switches.possession;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.switches.Switch;
import io.vlink.gateway.switches.Replay;
import io.vlink.gateway.switches.boundary.BridgeSettings;
import io.vlink.gateway.switches.boundary.PortSizes;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import io.vlink.gateway.switches.entries.SuiteMarker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The marker is written before the first rule, kept up to date, and restored. */
class MarkingTest extends PossessionFixture {

    @Test
    void writesTheMarkerBeforeTheFirstRule() {
        // Given
        want("v", 7);

        // When
        replay.connect();
        replay.take(SwitchCommand.AskMaster.class)
                .ifPresent(ask -> replay.on(new SwitchEvent.MasterGranted(Replay.ID, ask.connection())));
        replay.take(SwitchCommand.ReadContents.class)
                .ifPresent(read -> replay.on(
                        new SwitchEvent.ContentsRead(Replay.ID, read.connection(), read.number(), replay.contents())));

        // Then
        List<SwitchCommand> writing = replay.commands.stream()
                .filter(command -> !(command instanceof SwitchCommand.ReadForeign))
                .toList();
        assertThat(writing.getFirst())
                .isInstanceOfSatisfying(SwitchCommand.PutMarker.class, mark -> assertThat(mark.put())
                        .isEqualTo(new SuiteMarker(OURS, 8)));
        assertThat(writing).element(1).isInstanceOf(SwitchCommand.Write.class);
    }

    /** A datapath treats cached frames as before, despite a change of mirrors, until any rule changes. */
    @Test
    void writesTheMarkerAgainWhenMirrorsChange() {
        // Given
        replay.ovsdb("tcp:h:1");
        want("v", 7);
        replay.connectAndObey();
        replay.on(new SwitchEvent.BridgeRead(Replay.ID, bridge(List.of()), new PortSizes()))
                .obey();
        replay.later(Duration.ofSeconds(2)).obey();
        replay.markers.clear();

        // When
        replay.on(new SwitchEvent.BridgeRead(Replay.ID, bridge(List.of()), new PortSizes()));
        replay.later(Duration.ofSeconds(2)).obey();

        // Then
        assertThat(replay.markers).isEmpty();

        for (List<String> mirrors : List.of(List.of("A mirror copies frames."), List.<String>of())) {
            // When
            replay.on(new SwitchEvent.BridgeRead(Replay.ID, bridge(mirrors), new PortSizes()));
            replay.later(Duration.ofSeconds(2)).obey();

            // Then
            assertThat(replay.markers).containsExactly(new SuiteMarker(OURS, 8));
            replay.markers.clear();
        }
    }

    private static BridgeSettings bridge(List<String> mirrors) {
        return new BridgeSettings("br0", "secure", "true", null, mirrors);
    }

    @Test
    void keepsTheMarksWhileNoRecordShapeChanges() {
        assertThat(SuiteMarks.of(OURS, 0, 0).own()).isEqualTo(OURS);
        assertThat(SuiteMarks.of(OURS, 0, 0).known()).isEmpty();
        assertThat(SuiteMarks.of(OURS, 2, 2).known())
                .containsExactly(OURS, SuiteMarks.of(OURS, 1, 1).own());
        assertThat(SuiteMarks.of(OURS, 1, 1).newer())
                .contains(SuiteMarks.of(OURS, 2, 2).own());
        // A later build identifies this one's switches by it: it never changes.
        assertThat(SuiteMarks.of(OURS, 1, 1).own())
                .matches("[0-9a-f]{16}")
                .isNotEqualTo(SuiteMarks.of(THEIRS, 1, 1).own());
    }

    @Test
    void acceptsItsMarkerForRecordsReceivedSinceLoading() {
        // Given: records after the topic was loaded up to offset 100, and a marker with their offset
        replay.connectAndObey();
        want("ours", 150);
        replay.later(Duration.ofSeconds(5)).obey();
        assertThat(replay.markers).containsExactly(new SuiteMarker(OURS, 151));

        // When: the switch reconnects
        replay.connectAndObey();

        // Then
        assertThat(lastSwitch().state()).isEqualTo(Switch.State.CONNECTED);
        assertThat(replay.control.isOurs()).isTrue();
    }

    @Test
    void updatesTheMarkerWithADelay() {
        // Given
        want("v", 7);
        replay.connectAndObey();

        // When
        want("w", 20, 4);
        replay.obey();
        want("x", 21, 5);
        replay.obey();

        // Then
        assertThat(replay.markers).containsExactly(new SuiteMarker(OURS, 8));
        replay.later(Marking.LAZY).obey();
        assertThat(replay.markers).containsExactly(new SuiteMarker(OURS, 22));
    }

    @Test
    void restoresAMarkerThatOthersRemoved() {
        // Given
        replay.connectAndObey();
        replay.markers.clear();

        // When
        replay.later(Duration.ofSeconds(10)).obey().later(Marking.LAZY).obey();

        // Then
        assertThat(replay.markers).extracting(SuiteMarker::suite).containsExactly(OURS);
    }
}
