package io.vlink.gateway.openflow.exchanges;

import io.netty.channel.Channel;
import io.vlink.events.Cookie;
import io.vlink.gateway.openflow.frames.BadFrame;
import io.vlink.gateway.openflow.frames.RawPart;
import io.vlink.gateway.openflow.frames.SwitchError;
import io.vlink.gateway.openflow.mapping.ContentsMapper;
import io.vlink.gateway.openflow.mapping.GroupParser;
import io.vlink.gateway.switches.entries.Contents;
import io.vlink.gateway.switches.entries.InstalledGroup;
import io.vlink.gateway.switches.entries.InstalledMeter;
import io.vlink.gateway.switches.entries.InstalledRule;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.SuiteMarker;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;
import org.projectfloodlight.openflow.protocol.OFFlowStatsRequest;
import org.projectfloodlight.openflow.protocol.OFGroupStatsReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterConfig;
import org.projectfloodlight.openflow.protocol.OFMeterConfigStatsReply;
import org.projectfloodlight.openflow.protocol.OFMeterStats;
import org.projectfloodlight.openflow.protocol.OFMeterStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsReplyFlags;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

/** Reads back rules with Vlink's mark, and all meters and groups. Belongs to the event loop. */
public final class RuleReader {

    private static final long ALL_METERS = 0xffffffffL;
    /** Maximum number of rules, meters and groups in the answers to one read. */
    private static final int MAX_ENTRIES = 1_000_000;

    /**
     * A switch with more entries is read in slices: while thousands are sent, neither the switch nor the event loop does
     * anything else.
     */
    private static final int MANY = 1_000;

    /** Number of slices, a power of two. The lowest bits of a circuit's number select the slice. */
    private static final long SLICES = 16;

    private final Channel channel;
    private final OFFactory factory;
    private final PendingRequests pending;
    private final GroupParser groupParser;
    /** Rules that Vlink does not write in this form, by the text of their rule key, to remove them; as of the last read. */
    private Map<String, OFFlowStatsEntry> strange = Map.of();

    private int entriesAtLastRead;

    public RuleReader(Channel channel, OFFactory factory, PendingRequests pending) {
        this.channel = channel;
        this.factory = factory;
        this.pending = pending;
        this.groupParser = new GroupParser(factory.actions().getReader());
    }

    /** Returns the entry under a rule key that Vlink does not write; null: it was not there at the last read. */
    @Nullable OFFlowStatsEntry strange(RuleKey.Opaque key) {
        return strange.get(key.text());
    }

    /** Sends the requests of one read, not flushed. */
    public void read(Instant now, Consumer<Contents> then) {
        FlowStatsRead reading = new FlowStatsRead(now, then);
        if (entriesAtLastRead > MANY) {
            rulesInSlices(reading.questions);
            meters(reading.questions);
            groups(reading.questions);
            reading.askNext();
        } else {
            reading.questions.add(rules(Cookie.ours(), Cookie.MARK_MASK));
            meters(reading.questions);
            groups(reading.questions);
            while (!reading.questions.isEmpty()) {
                reading.askNext();
            }
        }
    }

    /** Reads rules in slices. Neighbouring circuit numbers are in different slices, which makes slices about equally large. */
    private void rulesInSlices(Queue<OFMessage> questions) {
        for (long slice = 0; slice < SLICES; slice++) {
            questions.add(rules(
                    Cookie.ours() | slice << Cookie.CIRCUIT_SHIFT,
                    Cookie.MARK_MASK | (SLICES - 1) << Cookie.CIRCUIT_SHIFT));
        }
    }

    private OFMessage rules(long cookie, long mask) {
        return factory.buildFlowStatsRequest()
                .setXid(pending.nextXid())
                .setTableId(TableId.ALL)
                .setOutPort(OFPort.ANY)
                .setOutGroup(OFGroup.ANY)
                .setCookie(U64.of(cookie))
                .setCookieMask(U64.of(mask))
                .setMatch(factory.matchWildcardAll())
                .build();
    }

    private void meters(Queue<OFMessage> questions) {
        questions.add(factory.buildMeterConfigStatsRequest()
                .setXid(pending.nextXid())
                .setMeterId(ALL_METERS)
                .build());
        questions.add(factory.buildMeterStatsRequest()
                .setXid(pending.nextXid())
                .setMeterId(ALL_METERS)
                .build());
    }

    private void groups(Queue<OFMessage> questions) {
        questions.add(factory.buildGroupDescStatsRequest()
                .setXid(pending.nextXid() | RawPart.RAW)
                .build());
    }

    /** Requests the use counts of groups; only sent to a switch that has groups. */
    private OFMessage groupUses() {
        return factory.buildGroupStatsRequest()
                .setXid(pending.nextXid())
                .setGroup(OFGroup.ALL)
                .build();
    }

    /** One read: several requests, each answered in parts. */
    private final class FlowStatsRead implements PendingRequests.RawExchange {

        private final Instant askedAt;
        private final Consumer<Contents> then;
        private final Queue<OFMessage> questions = new ArrayDeque<>();
        private final Map<Long, OFMessage> open = new HashMap<>();
        private final List<InstalledRule> rules = new ArrayList<>();
        private final List<SuiteMarker> markers = new ArrayList<>();
        private final List<OFMeterConfig> configs = new ArrayList<>();
        private final Map<Long, OFMeterStats> counted = new HashMap<>();
        private final List<InstalledGroup> groups = new ArrayList<>();
        private final Map<Long, Long> used = new HashMap<>();
        private final Map<String, OFFlowStatsEntry> strangers = new HashMap<>();
        private int entries;
        private long heard;

        FlowStatsRead(Instant askedAt, Consumer<Contents> then) {
            this.askedAt = askedAt;
            this.then = then;
        }

        void askNext() {
            OFMessage question = questions.remove();
            open.put(question.getXid(), question);
            pending.send(channel, question, this);
        }

        @Override
        public void answered(OFMessage answer) {
            if (!(answer instanceof OFStatsReply part)) {
                throw new BadFrame("The switch answered a read with the type %s.".formatted(answer.getType()));
            }
            switch (part) {
                case OFFlowStatsReply flows -> {
                    OFMessage question = open.get(answer.getXid());
                    for (OFFlowStatsEntry entry : flows.getEntries()) {
                        hear();
                        if (question instanceof OFFlowStatsRequest asked && isAskedFor(asked, entry)) {
                            take(entry);
                        }
                    }
                }
                case OFMeterConfigStatsReply meters -> {
                    count(meters.getEntries().size());
                    configs.addAll(meters.getEntries());
                }
                case OFMeterStatsReply meters -> {
                    count(meters.getEntries().size());
                    meters.getEntries().forEach(meter -> counted.put(meter.getMeterId(), meter));
                }
                case OFGroupStatsReply uses -> {
                    count(uses.getEntries().size());
                    uses.getEntries()
                            .forEach(group -> used.put(
                                    Integer.toUnsignedLong(group.getGroup().getGroupNumber()), group.getRefCount()));
                }
                default ->
                    throw new BadFrame("The switch answered a read with the type %s.".formatted(part.getStatsType()));
            }
            if (!part.getFlags().contains(OFStatsReplyFlags.REPLY_MORE)) {
                done(answer.getXid());
            }
        }

        /** Adds one part of the group descriptions. */
        @Override
        public void part(RawPart part) {
            List<InstalledGroup> described = groupParser.read(part.body());
            count(described.size());
            groups.addAll(described);
            if (!part.more()) {
                if (!groups.isEmpty()) {
                    questions.add(groupUses());
                }
                done(part.xid());
            }
        }

        @Override
        public void failed(SwitchError error) {
            // A switch that does not support meters or groups has none.
            done(error.xid());
        }

        @Override
        public void closed() {
            questions.clear();
            open.clear();
        }

        /** Returns whether a rule was requested: a switch that does not filter by cookie sends each rule once per slice. */
        private boolean isAskedFor(OFFlowStatsRequest asked, OFFlowStatsEntry entry) {
            long mask = asked.getCookieMask().getValue();
            return (entry.getCookie().getValue() & mask) == (asked.getCookie().getValue() & mask);
        }

        private void take(OFFlowStatsEntry entry) {
            count(1);
            SuiteMarker marker = ContentsMapper.marker(entry);
            if (marker != null) {
                markers.add(marker);
                return;
            }
            InstalledRule rule = ContentsMapper.rule(entry);
            rules.add(rule);
            if (rule.key() instanceof RuleKey.Opaque(String text)) {
                strangers.put(text, entry);
            }
        }

        /** Counts every rule received, requested or not, to stop a switch that sends rules endlessly. */
        private void hear() {
            if (++heard > MAX_ENTRIES * SLICES) {
                throw new BadFrame("The switch reports the same rules repeatedly.");
            }
        }

        private void count(int more) {
            entries += more;
            if (entries > MAX_ENTRIES) {
                throw new BadFrame("The switch reports more than %d rules, meters and groups.".formatted(MAX_ENTRIES));
            }
        }

        private void done(long xid) {
            pending.drop(xid);
            if (open.remove(xid) == null) {
                return;
            }
            if (!questions.isEmpty()) {
                askNext();
                channel.flush();
            } else if (open.isEmpty()) {
                entriesAtLastRead = entries;
                strange = strangers;
                List<InstalledMeter> meters = configs.stream()
                        .map(config -> ContentsMapper.meter(config, counted.get(config.getMeterId())))
                        .toList();
                List<InstalledGroup> found = groups.stream()
                        .map(group -> group.usedBy(used.getOrDefault(group.number(), 0L)))
                        .toList();
                then.accept(new Contents(rules, markers, meters, found, askedAt));
            }
        }
    }
}
