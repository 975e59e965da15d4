package io.vlink.networkapi.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.log.EventJson;
import io.vlink.networkapi.usage.Use;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Outdated records are dropped in every table. */
final class ViewTest {

    private static final NetworkId NET = new NetworkId("default", "default", "n");

    private static final DatapathId SWITCH = new DatapathId(10);
    private static final SwitchPort PORT = new SwitchPort(SWITCH, PortNumber.of(1));

    private final View view = new View();

    @Test
    void dropsAStatusThatIsOlderByRevisionOrEvidence() {
        status(new Revision(3, 2, 1), 5, Phase.READY);

        status(new Revision(3, 2, 1), 4, Phase.PROGRAMMING);
        status(new Revision(3, 2, 0), 9, Phase.PROGRAMMING);
        status(new Revision(2, 9, 2), 9, Phase.REMOVED);

        assertThat(phase()).isEqualTo(Phase.READY);
    }

    @Test
    void acceptsAStatusThatIsAsNewOrNewer() {
        status(new Revision(3, 2, 1), 5, Phase.PROGRAMMING);

        status(new Revision(3, 2, 1), 5, Phase.READY);
        assertThat(phase()).isEqualTo(Phase.READY);
        status(new Revision(4, 3, 0), 0, Phase.WAITING);
        assertThat(phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    void aTombstoneRemovesARecord() {
        status(new Revision(3, 2, 1), 5, Phase.REMOVED);

        view.put(NetworkStatus.TOPIC, NET.toString(), null);
        status(new Revision(1, 1, 0), 0, Phase.WAITING);

        assertThat(phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    void dropsASwitchRecordOfAFormerMaster() {
        seen(7, Switch.State.CONNECTED);
        seen(6, Switch.State.DISCONNECTED);

        assertThat(view.switches().all().getFirst().state()).isEqualTo(Switch.State.CONNECTED);
    }

    @Test
    void countsUsageOfTheCurrentDecision() throws IOException {
        // Given
        PathDecision decision = example();
        DatapathId used = used(decision);
        String key = decision.id().toString();

        // When
        view.path(key, decision);
        view.path(key, empty(decision, new Revision(0, 0, 0)));

        // Then
        assertThat(view.paths().get(key)).hasValue(decision);
        assertThat(view.usage().of(used).current()).isEqualTo(1);

        // When
        view.path(key, empty(decision, decision.revision()));

        // Then
        assertThat(view.usage().of(used).current()).isZero();
    }

    @Test
    void usageEndsWithTheDecisionsTombstone() throws IOException {
        PathDecision decision = example();
        view.path(decision.id().toString(), decision);

        view.path(decision.id().toString(), null);

        assertThat(view.usage().of(used(decision))).isEqualTo(Use.NONE);
    }

    @Test
    void findsAPortByItsCurrentName() {
        port(7, "east");
        port(6, "west");

        assertThat(view.seenPorts().find(SWITCH, new PortLocator("east"))).isNotNull();
        assertThat(view.seenPorts().find(SWITCH, new PortLocator("west"))).isNull();

        view.port(PORT.toString(), null, Instant.EPOCH);

        assertThat(view.seenPorts().find(SWITCH, new PortLocator("east"))).isNull();
    }

    private static PathDecision example() throws IOException {
        String name = "/io/vlink/events/examples/PathDecision.json";
        try (InputStream file = Objects.requireNonNull(PathDecision.class.getResourceAsStream(name), name)) {
            return EventJson.mapper().readValue(file, PathDecision.class);
        }
    }

    private static DatapathId used(PathDecision decision) {
        return Objects.requireNonNull(decision.current()).endpoints().getFirst().datapathId();
    }

    /** Returns the decision without circuits. */
    private static PathDecision empty(PathDecision of, Revision revision) {
        return new PathDecision(
                of.id(),
                revision,
                of.outcome(),
                of.violations(),
                null,
                List.of(),
                of.impairments(),
                of.attachments(),
                of.decidedAt());
    }

    private void status(Revision revision, long evidence, Phase phase) {
        view.put(
                NetworkStatus.TOPIC,
                NET.toString(),
                new NetworkStatus(
                        NET, revision, evidence, phase, List.of(), List.of(), List.of(), List.of(), List.of()));
    }

    private Phase phase() {
        return view.statuses().get(NET.toString()).orElseThrow().phase();
    }

    private void port(long epoch, String name) {
        view.port(
                PORT.toString(), new Port(PORT, epoch, true, name, "02:00:00:00:00:01", true, 0, null), Instant.EPOCH);
    }

    private void seen(long epoch, Switch.State state) {
        DatapathId id = new DatapathId(1);
        view.put(
                Switch.TOPIC,
                id.toString(),
                new Switch(id, epoch, state, null, "g", null, null, null, true, Instant.EPOCH));
    }
}
