package io.vlink.gateway.openflow;

import io.netty.channel.Channel;
import io.vlink.events.Cookie;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.ForeignRule;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.U64;

/**
 * Reads the rules of others in the tables that ours may stand in. Switches filter by bits that a cookie has, not by those that it
 * lacks; so they are asked bit by bit of our mark for rules that have that bit otherwise, and tell of none of ours. Rules in
 * further tables need not be read: frames come there by a rule of one of these, which is seen over ours already. Belongs to the
 * event loop.
 */
final class ForeignReader implements PendingRequests.RawExchange {

    /** Further ones are not kept; that there are more is. */
    static final int MAX_RULES = 10_000;

    private static final int MARK_BITS = 16;
    /** What a switch that filters badly may tell in all. */
    private static final long MAX_BYTES = 256L * 1024 * 1024;

    private final Channel channel;
    private final PendingRequests pending;
    private final Consumer<Map<ForeignRule, Duration>> then;
    private final Queue<OFMessage> questions = new ArrayDeque<>();
    private final Map<ForeignRule, Duration> found = new LinkedHashMap<>();
    private long bytes;

    private ForeignReader(Channel channel, PendingRequests pending, Consumer<Map<ForeignRule, Duration>> then) {
        this.channel = channel;
        this.pending = pending;
        this.then = then;
    }

    /** Asks; not flushed. One question at a time, so that whatever else is asked need not wait for all of them. */
    static void read(
            Channel channel, OFFactory factory, PendingRequests pending, Consumer<Map<ForeignRule, Duration>> then) {
        ForeignReader reader = new ForeignReader(channel, pending, then);
        for (Table table : Table.values()) {
            if (table == Table.CONTROL) { // Vlink has at most one rule there
                reader.questions.add(question(factory, pending, table, 0, 0));
                continue;
            }
            for (int bit = 0; bit < MARK_BITS; bit++) {
                long higher = Cookie.MARK_MASK << (bit + 1) & Cookie.MARK_MASK;
                long one = 1L << (Cookie.MARK_SHIFT + bit);
                long cookie = (Cookie.ours() & higher) | (~Cookie.ours() & one);
                reader.questions.add(question(factory, pending, table, cookie, higher | one));
            }
        }
        reader.askNext();
    }

    private static OFMessage question(OFFactory factory, PendingRequests pending, Table table, long cookie, long mask) {
        return factory.buildFlowStatsRequest()
                .setXid(pending.nextXid() | RawPart.RAW)
                .setTableId(RuleMapper.table(table))
                .setOutPort(OFPort.ANY)
                .setOutGroup(OFGroup.ANY)
                .setCookie(U64.of(cookie))
                .setCookieMask(U64.of(mask))
                .setMatch(factory.matchWildcardAll())
                .build();
    }

    private void askNext() {
        OFMessage question = questions.remove();
        pending.send(channel, question, this);
    }

    @Override
    public void part(RawPart part) {
        bytes += part.body().length;
        if (bytes > MAX_BYTES) {
            throw new BadFrame("The switch tells of rules without end.");
        }
        ForeignParser.read(part.body(), this::take);
        if (!part.more()) {
            done(part.xid());
        }
    }

    /** Of those that look the same here, the oldest counts. */
    private void take(ForeignRule rule, Duration age) {
        found.merge(
                found.size() < MAX_RULES ? rule : ForeignRule.unknown(rule.table()),
                age,
                (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    @Override
    public void answered(OFMessage answer) {
        throw new BadFrame("The answer to a read is of type %s.".formatted(answer.getType()));
    }

    /** A switch that cannot be asked that way tells nothing of others; there may be some. */
    @Override
    public void failed(SwitchError error) {
        found.put(ForeignRule.UNTOLD, Duration.ZERO);
        done(error.xid());
    }

    @Override
    public void closed() {
        questions.clear();
    }

    private void done(long xid) {
        pending.forget(xid);
        if (questions.isEmpty()) {
            then.accept(found);
        } else {
            askNext();
            channel.flush();
        }
    }
}
