package io.vlink.flow.ledger;

import static io.vlink.flow.sample.Sample.dpid;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Revision;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.RuleSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests by replay what is written for a sending port of links. */
class LinkLedgerTest {

    private final LinkReplay link = new LinkReplay();
    private final LinkLedger ledger = link.ledger;

    @Test
    void writesAMeterThenAnEmptySetThenATombstoneForAShare() {
        // When
        link.share(80_000_000);
        RuleSet set = link.written();

        // Then
        assertThat(set.owner()).isEqualTo(LinkReplay.LINK);
        assertThat(set.datapathId()).isEqualTo(dpid('a'));
        assertThat(set.meters()).containsExactly(new Meter(65_539, 80_000, 1_600));
        assertThat(set.rules()).isEmpty();
        assertThat(ledger.isMetered()).isTrue();
        assertThat(ledger.advance()).isEqualTo(RuleSetChanges.NOTHING);
        link.confirm(set);

        // When
        link.unshare();
        RuleSet empty = link.written();

        // Then
        assertThat(empty.isEmpty()).isTrue();
        assertThat(empty.revision()).isGreaterThan(set.revision());
        assertThat(ledger.isMetered()).isFalse();
        assertThat(ledger.advance()).isEqualTo(RuleSetChanges.NOTHING); // not confirmed yet
        link.confirm(empty);
        assertThat(ledger.advance().tombstones()).containsExactly(dpid('a'));
        assertThat(ledger.isFinished()).isFalse();
        ledger.read(null);
        assertThat(ledger.isFinished()).isTrue();
    }

    @Test
    void writesARuleSetOnlyWhenTheRateChanges() {
        // Given
        link.share(80_000_000);
        RuleSet first = link.written();

        // When
        link.share(60_000_000);
        RuleSet second = link.written();
        link.share(60_000_000);

        // Then
        assertThat(second.meters()).containsExactly(new Meter(65_539, 60_000, 1_200));
        assertThat(second.revision()).isGreaterThan(first.revision());
        assertThat(ledger.advance()).isEqualTo(RuleSetChanges.NOTHING);
    }

    @Test
    void raisesTheRevisionWhenAShareReturnsBeforeTheMeterIsRemoved() {
        // Given
        link.share(80_000_000);
        link.confirm(link.written());
        link.unshare();
        RuleSet empty = link.written();

        // When
        link.share(70_000_000);

        // Then
        assertThat(link.written().revision()).isGreaterThan(empty.revision());
    }

    @Test
    void writesNothingAfterARestartWhenTheMeterIsCorrect() {
        // Given: the rule set of a former owner
        link.share(80_000_000);
        RuleSet standing = link.written();

        // When
        LinkLedger next = new LinkLedger(LinkReplay.ID);
        next.read(standing);
        next.shared(LinkReplay.shareOf(80_000_000), link.lastOffset());

        // Then
        assertThat(next.advance()).isEqualTo(RuleSetChanges.NOTHING);
        assertThat(next.isMetered()).isTrue();
    }

    @Test
    void removesARuleSetWithoutAShare() {
        // Given
        link.share(80_000_000);
        RuleSet standing = link.written();

        // When: the tombstone of the share is already compacted away
        LinkLedger next = new LinkLedger(LinkReplay.ID);
        next.read(standing);

        // Then
        RuleSet empty = next.advance().sets().getFirst();
        assertThat(empty.isEmpty()).isTrue();
        assertThat(empty.revision()).isGreaterThan(standing.revision());
    }

    @Test
    void replacesTheRuleSetOfALateWriter() {
        // Given
        link.share(80_000_000);
        RuleSet ours = link.written();

        // When
        RuleSet late = new RuleSet(
                dpid('a'),
                LinkReplay.LINK,
                new Revision(7, 0, 0),
                List.of(new Meter(65_539, 1, 122)),
                List.of(),
                List.of());

        // Then
        assertThat(ledger.read(late)).isTrue();
        assertThat(link.written().meters()).isEqualTo(ours.meters());
    }

    /** The former owner had read more shares at takeover, so its rule set is newer than ours. */
    @Test
    void overtakesANewerRuleSetThatALateOwnerWroteFirst() {
        // Given: our rule set is on its way
        link.share(80_000_000);
        RuleSet ours = ledger.advance().sets().getFirst();
        RuleSet late = lateSet(new Revision(106, 0, 0));

        // When
        assertThat(ledger.read(late)).isFalse();
        assertThat(ledger.read(ours)).isFalse();
        ledger.shared(LinkReplay.shareOf(60_000_000), 105);
        ledger.shared(LinkReplay.shareOf(80_000_000), 107);

        // Then
        RuleSet again = link.written();
        assertThat(again.meters()).isEqualTo(ours.meters());
        assertThat(again.revision()).isGreaterThan(late.revision());
        assertThat(ledger.advance()).isEqualTo(RuleSetChanges.NOTHING);
    }

    @Test
    void doesNotCountTheMeterOfALateOwnerAsRemoved() {
        // Given: the share was deleted, which the former owner had not read
        link.share(80_000_000);
        link.confirm(link.written());
        link.unshare();
        RuleSet empty = ledger.advance().sets().getFirst();
        RuleSet late = lateSet(empty.revision().nextStage());

        // When: the switch has the former owner's meter
        ledger.read(late);
        ledger.read(empty);
        link.confirm(late);

        // Then
        RuleSet again = link.written();
        assertThat(again.isEmpty()).isTrue();
        assertThat(again.revision()).isGreaterThan(late.revision());
        assertThat(ledger.advance()).isEqualTo(RuleSetChanges.NOTHING);
        link.confirm(again);
        assertThat(ledger.advance().tombstones()).containsExactly(dpid('a'));
    }

    private static RuleSet lateSet(Revision revision) {
        return new RuleSet(
                dpid('a'), LinkReplay.LINK, revision, List.of(new Meter(65_539, 60_000, 1_200)), List.of(), List.of());
    }

    @Test
    void changesNothingWhileTheOnlyShareCannotBeRead() {
        // Given
        link.share(80_000_000);
        RuleSet standing = link.written();
        LinkLedger next = new LinkLedger(LinkReplay.ID);
        next.read(standing);

        // When
        next.shareUnreadable();

        // Then
        assertThat(next.advance()).isEqualTo(RuleSetChanges.NOTHING);
        assertThat(next.isFinished()).isFalse();
    }
}
