package io.vlink.flow.ledger;

import static io.vlink.flow.sample.Sample.dpid;
import static io.vlink.flow.sample.Sample.toward;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.InSwitch;
import io.vlink.events.LinkPort;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.flow.sample.Sample;

/** The share of one port and its switch, without Kafka: the port of node-a toward node-c. */
final class LinkReplay {

    static final LinkPort LINK = new LinkPort("default", toward('c'));
    static final InSwitch ID = new InSwitch(dpid('a'), LINK);

    final LinkLedger ledger = new LinkLedger(ID);
    private long offset = 100;

    void fail(RuleSet set, RuleStateReason reason) {
        ledger.heard(
                RuleState.failed(LINK, dpid('a'), 1, set.revision(), reason, "in doubt", null), ++offset, Sample.START);
    }

    void share(long bits) {
        ledger.shared(shareOf(bits), ++offset);
    }

    static LinkShare shareOf(long bits) {
        return new LinkShare("default", dpid('a'), toward('c'), 100_000_000, 100_000_000 - bits, bits);
    }

    /** Returns the next turn, with its records read back. */
    RuleSet written() {
        RuleSetChanges turn = ledger.advance();
        assertThat(turn.sets()).hasSize(1);
        RuleSet set = turn.sets().getFirst();
        assertThat(ledger.read(set)).isFalse();
        return set;
    }

    void refuse(RuleSet set) {
        ledger.heard(refused(set), ++offset, Sample.START);
    }

    static RuleState refused(RuleSet set) {
        return RuleState.failed(
                LINK, dpid('a'), 1, set.revision(), RuleStateReason.OUT_OF_METERS, "no meter is left", null);
    }

    void confirm(RuleSet set) {
        ledger.heard(RuleState.applied(LINK, dpid('a'), 1, set.revision()), ++offset, Sample.START);
    }

    /** Deletes the share. */
    void unshare() {
        ledger.shared(null, ++offset);
    }

    long lastOffset() {
        return offset;
    }

    long nextOffset() {
        return ++offset;
    }
}
