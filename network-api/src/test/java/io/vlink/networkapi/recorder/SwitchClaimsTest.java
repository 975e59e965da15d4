package io.vlink.networkapi.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.ResourceId;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Outcome;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Route;
import io.vlink.events.requests.Request;
import io.vlink.networkapi.usage.Claims;
import io.vlink.networkapi.usage.Usage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One switch belongs to one overlay, with two owners of two partitions and the log that both read. */
final class SwitchClaimsTest {

    private static final DatapathId SWITCH = new DatapathId(10);

    private final List<RecordWrite> log = new ArrayList<>();
    private final Owner red = new Owner("red");
    private final Owner blue = new Owner("blue");

    /** Decides for one overlay; reads the log on request. */
    private final class Owner {

        private final String overlay;
        private final Claims claims = new Claims();
        private final Usage usage = new Usage();
        private final Recorder recorder;
        private int next;

        Owner(String overlay) {
            this.overlay = overlay;
            this.recorder = new Recorder(usage, claims, overlay::equals);
        }

        Owner begin() {
            List<RecordWrite> unused = recorder.usageIsKnown();
            return write();
        }

        Owner write() {
            log.addAll(recorder.settleClaims(Desk.NOW, of -> false));
            return this;
        }

        Owner read() {
            for (; next < log.size(); next++) {
                RecordWrite change = log.get(next);
                DatapathId datapathId =
                        DatapathId.of(change.key().substring(0, change.key().indexOf('/')));
                if (change.record() == null) {
                    claims.remove(datapathId, change.overlay());
                } else {
                    claims.put(datapathId, change.overlay());
                }
                if (change.overlay().equals(overlay)) {
                    recorder.claimRead(overlay, datapathId);
                }
            }
            return this;
        }

        Request.DeclareNode node(long datapathId) {
            return new Request.DeclareNode("", id(), null, new NodeSpec(new DatapathId(datapathId), null, null, false));
        }

        ResourceId id() {
            return new ResourceId(overlay, "node-a");
        }

        /** Repeats a request until it is decided. */
        Verdict declare(long datapathId) {
            for (int i = 0; i < 3 && !recorder.isReady(node(datapathId)); i++) {
                write().read();
            }
            Verdict verdict = recorder.on(node(datapathId), Desk.NOW);
            write().read();
            return verdict;
        }

        Verdict withdraw() {
            Verdict verdict = recorder.on(new Request.WithdrawNode("", id(), null), Desk.NOW);
            write().read();
            return verdict;
        }
    }

    @Test
    void givesASwitchToOneOfTwoSimultaneousRequesters() {
        // Given
        red.begin();
        blue.begin();
        assertThat(red.recorder.isReady(red.node(10))).isFalse();
        assertThat(blue.recorder.isReady(blue.node(10))).isFalse();
        blue.write();
        red.write();

        // When
        red.read();
        blue.read();

        // Then
        assertThat(blue.recorder.isReady(blue.node(10))).isTrue();
        assertThat(red.recorder.isReady(red.node(10))).isTrue();
        assertThat(blue.recorder.on(blue.node(10), Desk.NOW)).isInstanceOf(Verdict.Granted.class);
        assertThat(red.recorder.on(red.node(10), Desk.NOW)).isInstanceOfSatisfying(Verdict.Denied.class, denied -> {
            assertThat(RecorderTest.reasons(denied)).containsExactly("$.spec.datapathId Conflict");
            assertThat(denied.violations().getFirst().message())
                    .contains("another overlay")
                    .doesNotContain("blue")
                    .doesNotContain("node-a");
        });

        // When
        blue.write().read();
        red.write();

        // Then
        assertThat(log).as("the loser gives up its claim").hasSize(3);
        assertThat(log.getLast().record()).isNull();
        assertThat(log.getLast().overlay()).isEqualTo("red");
    }

    @Test
    void freesASwitchWhenItsNodeIsGone() {
        red.begin();
        blue.begin();
        assertThat(red.declare(10)).isInstanceOf(Verdict.Granted.class);
        blue.read();
        assertThat(blue.declare(10)).isInstanceOf(Verdict.Denied.class);

        red.withdraw();
        blue.read();

        assertThat(blue.declare(10)).isInstanceOf(Verdict.Granted.class);
    }

    @Test
    void keepsASwitchWhileItIsInUse() {
        // Given
        red.begin();
        blue.begin();
        red.declare(10);
        PathDecision decision = crossing("red");
        red.usage.replace(null, decision);

        // When
        red.withdraw();
        blue.read();

        // Then
        assertThat(blue.declare(10)).isInstanceOf(Verdict.Denied.class);

        // When
        red.usage.replace(decision, null);
        List<RecordWrite> erased = red.recorder.settleTopology();

        // Then
        assertThat(erased).hasSize(1);

        // When
        red.write();
        blue.read();

        // Then
        assertThat(blue.declare(10)).isInstanceOf(Verdict.Granted.class);
    }

    @Test
    void keepsTheFormerSwitchOfANodeWhileItIsInUse() {
        // Given
        red.begin();
        blue.begin();
        red.declare(10);
        PathDecision decision = crossing("red");
        red.usage.replace(null, decision);

        // When
        assertThat(red.declare(11)).isInstanceOf(Verdict.Granted.class);
        blue.read();

        // Then
        assertThat(blue.declare(10)).isInstanceOf(Verdict.Denied.class);
        assertThat(blue.declare(11)).isInstanceOf(Verdict.Denied.class);

        // When
        red.usage.replace(decision, null);
        List<RecordWrite> unused = red.recorder.settleTopology();
        red.write();
        blue.read();

        // Then
        assertThat(blue.declare(10)).isInstanceOf(Verdict.Granted.class);
    }

    @Test
    void claimsSwitchesOfOldRecordsAndReportsTheSecondOverlay() {
        // Given
        for (Owner owner : List.of(red, blue)) {
            owner.recorder.load(new Node(owner.id(), 1, false, Desk.NOW, new NodeSpec(SWITCH, null, null, false)));
        }

        // When
        red.begin();
        blue.begin();
        red.read();
        blue.read();

        // Then
        assertThat(blue.claims.isOfAnother(SWITCH, "blue")).isTrue();
        assertThat(blue.declare(10)).isInstanceOf(Verdict.Denied.class);

        // When
        red.withdraw();
        blue.read();

        // Then
        assertThat(blue.claims.isOfAnother(SWITCH, "blue"))
                .as("the second gets it as soon as the first is gone")
                .isFalse();
    }

    @Test
    void decidesNothingBeforeClaimsAreKnown() {
        red.begin();
        red.declare(10);

        assertThat(blue.recorder.isReady(blue.node(10))).isFalse();
        assertThat(blue.recorder.isReady(blue.node(12))).isFalse();
        blue.read().begin();

        assertThat(blue.recorder.isReady(blue.node(10))).isTrue();
        assertThat(blue.declare(10)).isInstanceOf(Verdict.Denied.class);
    }

    private static PathDecision crossing(String overlay) {
        Route route = new Route(null, List.of(new Hop(0, "node-a", SWITCH, List.of(), List.of())), null, 0, null);
        Endpoint endpoint = new Endpoint("node-a", SWITCH, null, null);
        return RecorderTest.decision(
                new NetworkId(overlay, "ns", "n"),
                1,
                Outcome.ADMITTED,
                new Circuit(1, 1, List.of(endpoint, endpoint), List.of(route, route)),
                List.of());
    }
}
