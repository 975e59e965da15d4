package io.vlink.networkapi.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Switch;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Late news is dropped, whoever brings it. */
final class ViewTest {

    private static final NetworkId NET = new NetworkId("default", "default", "n");

    private final View view = new View();

    @Test
    void dropsAStatusThatIsOlderByRevisionOrEvidence() {
        status(new Revision(3, 2, 1), 5, Phase.Ready);

        status(new Revision(3, 2, 1), 4, Phase.Programming);
        status(new Revision(3, 2, 0), 9, Phase.Programming);
        status(new Revision(2, 9, 2), 9, Phase.Removed);

        assertThat(phase()).isEqualTo(Phase.Ready);
    }

    @Test
    void takesAStatusThatIsAsNewOrNewer() {
        status(new Revision(3, 2, 1), 5, Phase.Programming);

        status(new Revision(3, 2, 1), 5, Phase.Ready);
        assertThat(phase()).isEqualTo(Phase.Ready);
        status(new Revision(4, 3, 0), 0, Phase.Waiting);
        assertThat(phase()).isEqualTo(Phase.Waiting);
    }

    @Test
    void forgetsWhatATombstoneEnds() {
        status(new Revision(3, 2, 1), 5, Phase.Removed);

        view.status(NET.toString(), null);
        status(new Revision(1, 1, 0), 0, Phase.Waiting);

        assertThat(phase()).isEqualTo(Phase.Waiting);
    }

    @Test
    void dropsWhatAFormerMasterSaysOfASwitch() {
        seen(7, Switch.State.CONNECTED);
        seen(6, Switch.State.DISCONNECTED);

        assertThat(view.switches().all().getFirst().state()).isEqualTo(Switch.State.CONNECTED);
    }

    private void status(Revision revision, long evidence, Phase phase) {
        view.status(
                NET.toString(),
                new NetworkStatus(
                        NET, revision, evidence, phase, List.of(), List.of(), List.of(), List.of(), List.of()));
    }

    private Phase phase() {
        return view.statuses().get(NET.toString()).orElseThrow().phase();
    }

    private void seen(long epoch, Switch.State state) {
        DatapathId id = new DatapathId(1);
        view.switchSeen(id.toString(), new Switch(id, epoch, state, null, "g", null, null, null, true, Instant.EPOCH));
    }
}
