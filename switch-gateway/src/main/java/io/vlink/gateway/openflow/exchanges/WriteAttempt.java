package io.vlink.gateway.openflow.exchanges;

import io.netty.channel.Channel;
import io.vlink.events.Cookie;
import io.vlink.gateway.openflow.frames.BadFrame;
import io.vlink.gateway.openflow.frames.SwitchError;
import io.vlink.gateway.openflow.mapping.RuleMapper;
import io.vlink.gateway.switches.entries.Refusal;
import io.vlink.gateway.switches.entries.RuleKey;
import io.vlink.gateway.switches.entries.RuleText;
import io.vlink.gateway.switches.entries.WantedRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.protocol.OFBarrierReply;
import org.projectfloodlight.openflow.protocol.OFBundleCtrlMsg;
import org.projectfloodlight.openflow.protocol.OFBundleCtrlType;
import org.projectfloodlight.openflow.protocol.OFBundleFlags;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.types.BundleId;
import org.projectfloodlight.openflow.types.U64;

/** A sequence of messages that one answer confirms: the answer to the last of them. */
final class WriteAttempt implements PendingRequests.Exchange {

    private static final Set<OFBundleFlags> ALL_OR_NOTHING = Set.of(OFBundleFlags.ATOMIC, OFBundleFlags.ORDERED);
    private static final U64 OURS = U64.of(Cookie.ours());
    private static final U64 MARK_MASK = U64.of(Cookie.MARK_MASK);

    private final Tools tools;
    private final Consumer<WriteAttempt> then;
    private final Map<Long, Sent> sent = new HashMap<>();
    private final List<Long> xids = new ArrayList<>();
    private final Map<Integer, Refusal> errors = new HashMap<>();
    private final long began = System.nanoTime();
    private @Nullable Refusal bundleError;
    private boolean bundlesUnknown;
    private long openXid;
    private long commitXid;
    private long lastXid;
    private @Nullable BundleId bundle;

    /** The change that a message belongs to; its text is only made if the switch refuses it. */
    private record Sent(int index, Supplier<String> text) {}

    /** The objects of one connection that writing needs. */
    record Tools(
            Channel channel,
            OFFactory factory,
            PendingRequests pending,
            RuleReader reader,
            RuleMapper mapper,
            OpenFlowMeters meters,
            Runnable notMaster) {}

    /** Creates a message with an xid. */
    interface Message {
        OFMessage with(long xid);
    }

    WriteAttempt(Tools tools, Consumer<WriteAttempt> then) {
        this.tools = tools;
        this.then = then;
    }

    boolean isEmpty() {
        return xids.isEmpty();
    }

    void send(int index, Supplier<String> text, Message message) {
        sent.put(send(message), new Sent(index, text));
    }

    void put(int index, WantedRule rule) {
        long xid = tools.pending().nextXid();
        flow(index, () -> RuleText.of(rule), tools.mapper().put(rule, xid));
    }

    void remove(int index, RuleKey key) {
        long xid = tools.pending().nextXid();
        Supplier<String> text = () -> "delete " + RuleText.of(key);
        switch (key) {
            case RuleKey.Parsed plain ->
                flow(
                        index,
                        text,
                        tools.mapper()
                                .remove(
                                        RuleMapper.table(plain.table()),
                                        plain.priority(),
                                        tools.mapper().match(plain.match()),
                                        OURS,
                                        MARK_MASK,
                                        xid));
            case RuleKey.Opaque strange -> {
                OFFlowStatsEntry entry = tools.reader().strange(strange);
                if (entry != null) {
                    flow(
                            index,
                            text,
                            tools.mapper()
                                    .remove(
                                            entry.getTableId(),
                                            entry.getPriority(),
                                            entry.getMatch(),
                                            OURS,
                                            MARK_MASK,
                                            xid));
                }
            }
        }
    }

    private void flow(int index, Supplier<String> text, OFFlowMod flowMod) {
        tools.meters().flowModSent();
        sent.put(flowMod.getXid(), new Sent(index, text));
        // The inner and the outer xid must be the same (OpenFlow 1.4.1 §7.3.9.6).
        OFMessage message = bundle == null
                ? flowMod
                : tools.factory()
                        .buildBundleAddMsg()
                        .setXid(flowMod.getXid())
                        .setBundleId(bundle)
                        .setFlags(ALL_OR_NOTHING)
                        .setData(flowMod)
                        .build();
        xids.add(flowMod.getXid());
        tools.pending().send(tools.channel(), message, this);
    }

    void barrier() {
        send(xid -> tools.factory().buildBarrierRequest().setXid(xid).build());
    }

    void openBundle(int number) {
        bundle = BundleId.of(number);
        openXid = send(xid -> control(OFBundleCtrlType.OPEN_REQUEST, xid));
    }

    void commitBundle() {
        commitXid = send(xid -> control(OFBundleCtrlType.COMMIT_REQUEST, xid));
        lastXid = commitXid;
    }

    void close() {
        lastXid = send(xid -> tools.factory().buildBarrierRequest().setXid(xid).build());
    }

    private OFBundleCtrlMsg control(OFBundleCtrlType type, long xid) {
        return tools.factory()
                .buildBundleCtrlMsg()
                .setXid(xid)
                .setBundleId(Objects.requireNonNull(bundle))
                .setBundleCtrlType(type)
                .setFlags(ALL_OR_NOTHING)
                .build();
    }

    private long send(Message message) {
        long xid = tools.pending().nextXid();
        xids.add(xid);
        tools.pending().send(tools.channel(), message.with(xid), this);
        return xid;
    }

    /** Returns the refusals of the switch, by the index of the change. */
    Map<Integer, Refusal> errors() {
        return errors;
    }

    /** Returns why the bundle was not applied; null: it was, or there was none. */
    @Nullable Refusal bundleError() {
        return bundleError;
    }

    boolean isBundled() {
        return bundle != null;
    }

    /** Returns whether the switch does not support bundles; nothing of the bundle was applied then. */
    boolean bundlesUnknown() {
        return bundlesUnknown;
    }

    @Override
    public void answered(OFMessage answer) {
        boolean awaited = answer instanceof OFBarrierReply || answer instanceof OFBundleCtrlMsg;
        if (!awaited) {
            throw new BadFrame("The answer to a batch is of type %s.".formatted(answer.getType()));
        }
        if (answer.getXid() == lastXid) {
            tools.meters().answered(bundle != null, System.nanoTime() - began);
            finish();
        }
    }

    @Override
    public void failed(SwitchError error) {
        if (error.isSlave()) {
            // Another gateway took over: answers to this attempt do not count.
            tools.pending().drop(xids);
            tools.notMaster().run();
            return;
        }
        Sent about = sent.get(error.xid());
        if (error.xid() == openXid) {
            bundlesUnknown = true;
        } else if (about != null && !bundlesUnknown) {
            errors.putIfAbsent(
                    about.index(),
                    new Refusal(
                            error.reason(), error.words() + ": " + about.text().get()));
        } else if (error.xid() == commitXid) {
            bundleError = new Refusal(error.reason(), error.words());
        }
        if (error.xid() == lastXid) {
            finish();
        }
    }

    @Override
    public void closed() {
        xids.clear();
    }

    private void finish() {
        tools.pending().drop(xids);
        then.accept(this);
    }
}
