package io.vlink.flow.ledger;

import static io.vlink.flow.sample.Sample.dpid;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.flow.sample.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests by replay the consequences when a switch rejects the meter of a port. */
class LinkMeterRejectionTest {

    private final LinkReplay link = new LinkReplay();
    private final LinkLedger ledger = link.ledger;

    @Test
    void continuesBestEffortWithoutAMeterThatTheSwitchRejects() {
        // Given
        link.share(80_000_000);
        RuleSet set = link.written();

        // When
        link.refuse(set);

        // Then
        assertThat(ledger.isMetered()).isFalse();
        assertThat(ledger.refusal()).isNotNull();

        // When: it has room later
        link.confirm(set);

        // Then
        assertThat(ledger.isMetered()).isTrue();
        assertThat(ledger.refusal()).isNull();
    }

    @Test
    void remembersARejectionUntilTheSwitchAcceptsAMeterOrTheShareIsDeleted() {
        // Given
        link.share(80_000_000);
        link.refuse(link.written());

        // When
        link.share(60_000_000);
        RuleSet second = link.written();

        // Then
        assertThat(ledger.isMetered()).isFalse();

        // When
        link.confirm(second);

        // Then
        assertThat(ledger.isMetered()).isTrue();

        // When
        link.refuse(second);
        link.unshare();
        link.written();
        link.share(50_000_000);

        // Then
        assertThat(ledger.isMetered()).isTrue();
    }

    @Test
    void appliesARejectionToAShareThatIsDeletedAndRestoredAtOnce() {
        // Given
        link.share(80_000_000);
        link.refuse(link.written());

        // When
        link.unshare();
        link.share(80_000_000);

        // Then
        assertThat(ledger.advance()).isEqualTo(RuleSetChanges.NOTHING);
        assertThat(ledger.isMetered()).isFalse();
    }

    @Test
    void ignoresAFailedRemovalForTheNextMeter() {
        // Given
        link.share(80_000_000);
        link.confirm(link.written());
        link.unshare();
        RuleSet none = link.written();

        // When
        ledger.heard(
                RuleState.failed(
                        LinkReplay.LINK,
                        dpid('a'),
                        1,
                        none.revision(),
                        RuleStateReason.LEFTOVERS_STAY,
                        "it is in use",
                        null),
                link.nextOffset(),
                Sample.START);
        link.share(60_000_000);

        // Then
        assertThat(ledger.isMetered()).isTrue();
    }

    @Test
    void remembersARejectionThatIsReadBeforeTheShare() {
        // Given
        link.share(80_000_000);
        RuleSet standing = link.written();

        // When
        LinkLedger next = new LinkLedger(LinkReplay.ID);
        next.heard(LinkReplay.refused(standing), link.nextOffset(), Sample.START);
        next.read(standing);
        next.shared(LinkReplay.shareOf(60_000_000), link.nextOffset());
        next.advance();

        // Then
        assertThat(next.isMetered()).isFalse();
    }

    /** The other reasons, for example that the switch must not be written to, mean that it was not asked. */
    @ParameterizedTest
    @EnumSource(RuleStateReason.class)
    void dropsTheMeterOnlyWhenTheSwitchRejectedIt(RuleStateReason reason) {
        link.share(80_000_000);
        RuleSet set = link.written();

        link.fail(set, reason);

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
        link.share(80_000_000);
        RuleSet set = link.written();
        link.refuse(set);

        // When
        link.fail(set, reason);

        // Then
        assertThat(ledger.isMetered()).isFalse();
        link.share(60_000_000);
        RuleSet next = link.written();
        assertThat(ledger.isMetered()).isFalse();
        link.confirm(next);
        assertThat(ledger.isMetered()).isTrue();
    }

    @Test
    void appliesARejectionToTheNextShareWhenTheEndOfTheFirstWasNeverWritten() {
        // Given
        link.share(80_000_000);
        link.refuse(link.written());

        // When
        link.unshare();
        link.share(60_000_000);
        link.written();

        // Then
        assertThat(ledger.isMetered()).isFalse();
    }
}
