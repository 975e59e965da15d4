package io.vlink.gateway.openflow.exchanges;

import io.netty.channel.Channel;
import io.vlink.events.Cookie;
import io.vlink.events.rules.Table;
import io.vlink.gateway.openflow.frames.BadFrame;
import io.vlink.gateway.openflow.frames.RawPart;
import io.vlink.gateway.openflow.frames.SwitchError;
import io.vlink.gateway.openflow.mapping.ForeignParser;
import io.vlink.gateway.openflow.mapping.RuleMapper;
import io.vlink.gateway.switches.entries.ForeignRule;
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
 * Reads the rules of others in the tables that Vlink uses. A switch cannot filter for cookies that differ from Vlink's mark. So
 * it is asked once for each bit of the mark, for rules that differ in that bit; its answers contain no rule of Vlink. Rules in
 * further tables need not be read: frames get there only by a rule in one of these tables, which is seen. Belongs to
 * the event loop.
 */
public final class ForeignReader implements PendingRequests.RawExchange {

    /** Maximum number of rules to keep; further ones leave only a note that there are more. */
    static final int MAX_RULES = 10_000;

    private static final int MARK_BITS = 16;
    /** Maximum number of bytes in all answers; a switch that filters badly sends more. */
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

    /** Sends the requests, not flushed; one at a time, which lets other requests in between. */
    public static void read(
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
            throw new BadFrame("The switch reports more than %d MiB of rules of others.".formatted(MAX_BYTES >> 20));
        }
        ForeignParser.read(part.body(), this::take);
        if (!part.more()) {
            done(part.xid());
        }
    }

    /** Adds a rule. Of rules that look the same here, the age of the oldest counts. */
    private void take(ForeignRule rule, Duration age) {
        found.merge(
                found.size() < MAX_RULES ? rule : ForeignRule.unknown(rule.table()),
                age,
                (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    @Override
    public void answered(OFMessage answer) {
        throw new BadFrame("The switch answered a read with the type %s.".formatted(answer.getType()));
    }

    /** The switch does not support the request: rules of others may exist, but are unknown. */
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
        pending.drop(xid);
        if (questions.isEmpty()) {
            then.accept(found);
        } else {
            askNext();
            channel.flush();
        }
    }
}
