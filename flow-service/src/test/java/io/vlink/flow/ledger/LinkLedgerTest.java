package io.vlink.flow.ledger;

import static io.vlink.flow.sample.Sample.dpid;
import static io.vlink.flow.sample.Sample.toward;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.InSwitch;
import io.vlink.events.LinkPort;
import io.vlink.events.Revision;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.flow.sample.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests by replay what is written for a port that links send by: the port of node-a toward node-c. */
class LinkLedgerTest {

    private static final LinkPort LINK = new LinkPort("default", toward('c'));
    private static final InSwitch ID = new InSwitch(dpid('a'), LINK);

    private final LinkLedger ledger = new LinkLedger(ID);
    private long offset = 100;

    @Test
    void writesAMeterThenAnEmptySetThenATombstoneForAShare() {
        // When
        share(80_000_000);
        RuleSet set = written();

        // Then
        assertThat(set.owner()).isEqualTo(LINK);
        assertThat(set.datapathId()).isEqualTo(dpid('a'));
        assertThat(set.meters()).containsExactly(new Meter(65_539, 80_000, 1_600));
        assertThat(set.rules()).isEmpty();
        assertThat(ledger.isMetered()).isTrue();
        assertThat(ledger.advance()).isEqualTo(RuleSetChanges.NOTHING);
        confirm(set);

        // When
        ledger.shared(null, ++offset);
        RuleSet empty = written();

        // Then
        assertThat(empty.isEmpty()).isTrue();
        assertThat(empty.revision()).isGreaterThan(set.revision());
        assertThat(ledger.isMetered()).isFalse();
        assertThat(ledger.advance()).isEqualTo(RuleSetChanges.NOTHING); // not confirmed yet
        confirm(empty);
        assertThat(ledger.advance().tombstones()).containsExactly(dpid('a'));
        assertThat(ledger.isFinished()).isFalse();
        ledger.read(null);
        assertThat(ledger.isFinished()).isTrue();
    }

    @Test
    void writesARuleSetOnlyWhenTheRateChanges() {
        // Given
        share(80_000_000);
        RuleSet first = written();

        // When
        share(60_000_000);
        RuleSet second = written();
        share(60_000_000);

        // Then
        assertThat(second.meters()).containsExactly(new Meter(65_539, 60_000, 1_200));
        assertThat(second.revision()).isGreaterThan(first.revision());
        assertThat(ledger.advance()).isEqualTo(RuleSetChanges.NOTHING);
    }

    @Test
    void raisesTheRevisionWhenAShareReturnsBeforeTheMeterIsRemoved() {
        // Given
        share(80_000_000);
        confirm(written());
        ledger.shared(null, ++offset);
        RuleSet empty = written();

        // When
        share(70_000_000);

        // Then
        assertThat(written().revision()).isGreaterThan(empty.revision());
    }

    @Test
    void writesNothingAfterARestartWhenTheMeterIsCorrect() {
        // Given: the rule set of a former owner
        share(80_000_000);
        RuleSet standing = written();

        // When
        LinkLedger next = new LinkLedger(ID);
        next.read(standing);
        next.shared(shareOf(80_000_000), offset);

        // Then
        assertThat(next.advance()).isEqualTo(RuleSetChanges.NOTHING);
        assertThat(next.isMetered()).isTrue();
    }

    @Test
    void removesARuleSetWithoutAShare() {
        // Given
        share(80_000_000);
        RuleSet standing = written();

        // When: the tombstone of the share is already compacted away
        LinkLedger next = new LinkLedger(ID);
        next.read(standing);

        // Then
        RuleSet empty = next.advance().sets().getFirst();
        assertThat(empty.isEmpty()).isTrue();
        assertThat(empty.revision()).isGreaterThan(standing.revision());
    }

    @Test
    void replacesTheRuleSetOfALateWriter() {
        // Given
        share(80_000_000);
        RuleSet ours = written();

        // When
        RuleSet late = new RuleSet(
                dpid('a'), LINK, new Revision(7, 0, 0), List.of(new Meter(65_539, 1, 122)), List.of(), List.of());

        // Then
        assertThat(ledger.read(late)).isTrue();
        assertThat(written().meters()).isEqualTo(ours.meters());
    }

    /** The former owner had read more shares at takeover, so its rule set is newer than ours. */
    @Test
    void overtakesANewerRuleSetThatALateOwnerWroteFirst() {
        // Given: our rule set is on its way
        share(80_000_000);
        RuleSet ours = ledger.advance().sets().getFirst();
        RuleSet late = lateSet(new Revision(106, 0, 0));

        // When
        assertThat(ledger.read(late)).isFalse();
        assertThat(ledger.read(ours)).isFalse();
        ledger.shared(shareOf(60_000_000), 105);
        ledger.shared(shareOf(80_000_000), 107);

        // Then
        RuleSet again = written();
        assertThat(again.meters()).isEqualTo(ours.meters());
        assertThat(again.revision()).isGreaterThan(late.revision());
        assertThat(ledger.advance()).isEqualTo(RuleSetChanges.NOTHING);
    }

    @Test
    void doesNotCountTheMeterOfALateOwnerAsRemoved() {
        // Given: the share was deleted, which the former owner had not read
        share(80_000_000);
        confirm(written());
        ledger.shared(null, ++offset);
        RuleSet empty = ledger.advance().sets().getFirst();
        RuleSet late = lateSet(empty.revision().nextStage());

        // When: the switch has the former owner's meter
        ledger.read(late);
        ledger.read(empty);
        confirm(late);

        // Then
        RuleSet again = written();
        assertThat(again.isEmpty()).isTrue();
        assertThat(again.revision()).isGreaterThan(late.revision());
        assertThat(ledger.advance()).isEqualTo(RuleSetChanges.NOTHING);
        confirm(again);
        assertThat(ledger.advance().tombstones()).containsExactly(dpid('a'));
    }

    private static RuleSet lateSet(Revision revision) {
        return new RuleSet(dpid('a'), LINK, revision, List.of(new Meter(65_539, 60_000, 1_200)), List.of(), List.of());
    }

    @Test
    void continuesBestEffortWithoutAMeterThatTheSwitchRejects() {
        // Given
        share(80_000_000);
        RuleSet set = written();

        // When
        refuse(set);

        // Then
        assertThat(ledger.isMetered()).isFalse();
        assertThat(ledger.refusal()).isNotNull();

        // When: it has room later
        confirm(set);

        // Then
        assertThat(ledger.isMetered()).isTrue();
        assertThat(ledger.refusal()).isNull();
    }

    @Test
    void remembersARejectionUntilTheSwitchAcceptsAMeterOrTheShareIsDeleted() {
        // Given
        share(80_000_000);
        refuse(written());

        // When
        share(60_000_000);
        RuleSet second = written();

        // Then
        assertThat(ledger.isMetered()).isFalse();

        // When
        confirm(second);

        // Then
        assertThat(ledger.isMetered()).isTrue();

        // When
        refuse(second);
        ledger.shared(null, ++offset);
        written();
        share(50_000_000);

        // Then
        assertThat(ledger.isMetered()).isTrue();
    }

    @Test
    void appliesARejectionToAShareThatIsDeletedAndRestoredAtOnce() {
        // Given
        share(80_000_000);
        refuse(written());

        // When
        ledger.shared(null, ++offset);
        share(80_000_000);

        // Then
        assertThat(ledger.advance()).isEqualTo(RuleSetChanges.NOTHING);
        assertThat(ledger.isMetered()).isFalse();
    }

    @Test
    void ignoresAFailedRemovalForTheNextMeter() {
        // Given
        share(80_000_000);
        confirm(written());
        ledger.shared(null, ++offset);
        RuleSet none = written();

        // When
        ledger.heard(
                RuleState.failed(
                        LINK, dpid('a'), 1, none.revision(), RuleStateReason.LEFTOVERS_STAY, "it is in use", null),
                ++offset,
                Sample.START);
        share(60_000_000);

        // Then
        assertThat(ledger.isMetered()).isTrue();
    }

    @Test
    void remembersARejectionThatIsReadBeforeTheShare() {
        // Given
        share(80_000_000);
        RuleSet standing = written();

        // When
        LinkLedger next = new LinkLedger(ID);
        next.heard(refused(standing), ++offset, Sample.START);
        next.read(standing);
        next.shared(shareOf(60_000_000), ++offset);
        next.advance();

        // Then
        assertThat(next.isMetered()).isFalse();
    }

    /** The other reasons, for example that the switch must not be written to, mean that it was not asked. */
    @ParameterizedTest
    @EnumSource(RuleStateReason.class)
    void dropsTheMeterOnlyWhenTheSwitchRejectedIt(RuleStateReason reason) {
        share(80_000_000);
        RuleSet set = written();

        fail(set, reason);

        boolean refused = reason.isOfSwitch() && reason != RuleStateReason.LEFTOVERS_STAY;
        assertThat(ledger.isMetered()).isEqualTo(!refused);
        assertThat(ledger.refusal() != null).isEqualTo(refused);
    }

    @ParameterizedTest
    @EnumSource(
            value = RuleStateReason.class,
            names = {"SWITCH_REFUSED", "METER_TAKEN"})
    void remembersARejectionWhileTheSwitchIsNotAsked(RuleStateReason reason) {
        // Given
        share(80_000_000);
        RuleSet set = written();
        refuse(set);

        // When
        fail(set, reason);

        // Then
        assertThat(ledger.isMetered()).isFalse();
        share(60_000_000);
        RuleSet next = written();
        assertThat(ledger.isMetered()).isFalse();
        confirm(next);
        assertThat(ledger.isMetered()).isTrue();
    }

    @Test
    void appliesARejectionToTheNextShareWhenTheEndOfTheFirstWasNeverWritten() {
        // Given
        share(80_000_000);
        refuse(written());

        // When
        ledger.shared(null, ++offset);
        share(60_000_000);
        written();

        // Then
        assertThat(ledger.isMetered()).isFalse();
    }

    private void fail(RuleSet set, RuleStateReason reason) {
        ledger.heard(
                RuleState.failed(LINK, dpid('a'), 1, set.revision(), reason, "in doubt", null), ++offset, Sample.START);
    }

    @Test
    void changesNothingWhileTheOnlyShareCannotBeRead() {
        // Given
        share(80_000_000);
        RuleSet standing = written();
        LinkLedger next = new LinkLedger(ID);
        next.read(standing);

        // When
        next.shareUnreadable();

        // Then
        assertThat(next.advance()).isEqualTo(RuleSetChanges.NOTHING);
        assertThat(next.isFinished()).isFalse();
    }

    private void share(long bits) {
        ledger.shared(shareOf(bits), ++offset);
    }

    private static LinkShare shareOf(long bits) {
        return new LinkShare("default", dpid('a'), toward('c'), 100_000_000, 100_000_000 - bits, bits);
    }

    /** Returns the next turn, with its records read back. */
    private RuleSet written() {
        RuleSetChanges turn = ledger.advance();
        assertThat(turn.sets()).hasSize(1);
        RuleSet set = turn.sets().getFirst();
        assertThat(ledger.read(set)).isFalse();
        return set;
    }

    private void refuse(RuleSet set) {
        ledger.heard(refused(set), ++offset, Sample.START);
    }

    private static RuleState refused(RuleSet set) {
        return RuleState.failed(
                LINK, dpid('a'), 1, set.revision(), RuleStateReason.OUT_OF_METERS, "no meter is left", null);
    }

    private void confirm(RuleSet set) {
        ledger.heard(RuleState.applied(LINK, dpid('a'), 1, set.revision()), ++offset, Sample.START);
    }
}
