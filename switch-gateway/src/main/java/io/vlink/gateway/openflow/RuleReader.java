package io.vlink.gateway.openflow;

import io.netty.channel.Channel;
import io.vlink.events.Cookie;
import io.vlink.gateway.switches.Contents;
import io.vlink.gateway.switches.InstalledMeter;
import io.vlink.gateway.switches.InstalledRule;
import io.vlink.gateway.switches.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterConfig;
import org.projectfloodlight.openflow.protocol.OFMeterConfigStatsReply;
import org.projectfloodlight.openflow.protocol.OFMeterStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsReplyFlags;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

/** Reads back rules with our mark, and meters. Belongs to the event loop. */
final class RuleReader {

    private static final long ALL_METERS = 0xffffffffL;
    /** What a switch may answer to one question. */
    private static final int MAX_ENTRIES = 1_000_000;

    private final Channel channel;
    private final OFFactory factory;
    private final PendingRequests pending;
    /** How rules that we would not write so can be removed, by their slot's text; as of the last read. */
    private Map<String, OFFlowStatsEntry> strange = Map.of();

    RuleReader(Channel channel, OFFactory factory, PendingRequests pending) {
        this.channel = channel;
        this.factory = factory;
        this.pending = pending;
    }

    /** The entry in a slot that is not as we write them; null: it was not there at the last read. */
    @Nullable OFFlowStatsEntry strange(Slot.Strange slot) {
        return strange.get(slot.text());
    }

    /** Asks; not flushed. */
    void read(Instant now, Consumer<Contents> then) {
        Reading reading = new Reading(now, then);
        long flows = pending.nextXid();
        reading.open.add(flows);
        pending.send(
                channel,
                factory.buildFlowStatsRequest()
                        .setXid(flows)
                        .setTableId(TableId.ALL)
                        .setOutPort(OFPort.ANY)
                        .setOutGroup(OFGroup.ANY)
                        .setCookie(U64.of(Cookie.ours()))
                        .setCookieMask(U64.of(Cookie.MARK_MASK))
                        .setMatch(factory.matchWildcardAll())
                        .build(),
                reading);
        long configs = pending.nextXid();
        reading.open.add(configs);
        pending.send(
                channel,
                factory.buildMeterConfigStatsRequest()
                        .setXid(configs)
                        .setMeterId(ALL_METERS)
                        .build(),
                reading);
        long uses = pending.nextXid();
        reading.open.add(uses);
        pending.send(
                channel,
                factory.buildMeterStatsRequest()
                        .setXid(uses)
                        .setMeterId(ALL_METERS)
                        .build(),
                reading);
    }

    /** One read: three questions, each answered in parts. */
    private final class Reading implements PendingRequests.Exchange {

        private final Instant askedAt;
        private final Consumer<Contents> then;
        private final Set<Long> open = new HashSet<>();
        private final List<InstalledRule> rules = new ArrayList<>();
        private final List<OFMeterConfig> configs = new ArrayList<>();
        private final Map<Long, Long> boundRules = new HashMap<>();
        private final Map<String, OFFlowStatsEntry> strangers = new HashMap<>();
        private int entries;

        Reading(Instant askedAt, Consumer<Contents> then) {
            this.askedAt = askedAt;
            this.then = then;
        }

        @Override
        public void answered(OFMessage answer) {
            if (!(answer instanceof OFStatsReply part)) {
                throw new BadFrame("The answer to a read is of type %s.".formatted(answer.getType()));
            }
            switch (part) {
                case OFFlowStatsReply flows -> flows.getEntries().forEach(this::take);
                case OFMeterConfigStatsReply meters -> {
                    count(meters.getEntries().size());
                    configs.addAll(meters.getEntries());
                }
                case OFMeterStatsReply meters -> {
                    count(meters.getEntries().size());
                    meters.getEntries().forEach(meter -> boundRules.put(meter.getMeterId(), meter.getFlowCount()));
                }
                default -> throw new BadFrame("The answer to a read is of type %s.".formatted(part.getStatsType()));
            }
            if (!part.getFlags().contains(OFStatsReplyFlags.REPLY_MORE)) {
                done(answer.getXid());
            }
        }

        @Override
        public void failed(SwitchError error) {
            // A switch without meters has none.
            done(error.xid());
        }

        @Override
        public void closed() {
            open.clear();
        }

        private void take(OFFlowStatsEntry entry) {
            count(1);
            InstalledRule rule = ContentsMapper.rule(entry);
            if (rule.cookie().isOurs()) {
                rules.add(rule);
                if (rule.slot() instanceof Slot.Strange(String text)) {
                    strangers.put(text, entry);
                }
            }
        }

        private void count(int more) {
            entries += more;
            if (entries > MAX_ENTRIES) {
                throw new BadFrame("The switch reports more than %d rules and meters.".formatted(MAX_ENTRIES));
            }
        }

        private void done(long xid) {
            pending.forget(xid);
            if (open.remove(xid) && open.isEmpty()) {
                strange = strangers;
                List<InstalledMeter> meters = configs.stream()
                        .map(config -> ContentsMapper.meter(config, boundRules.getOrDefault(config.getMeterId(), 0L)))
                        .toList();
                then.accept(new Contents(rules, meters, askedAt));
            }
        }
    }
}
