package io.vlink.gateway.lab;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFBarrierRequest;
import org.projectfloodlight.openflow.protocol.OFBundleAddMsg;
import org.projectfloodlight.openflow.protocol.OFBundleCtrlMsg;
import org.projectfloodlight.openflow.protocol.OFBundleCtrlType;
import org.projectfloodlight.openflow.protocol.OFDescStatsRequest;
import org.projectfloodlight.openflow.protocol.OFEchoRequest;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFeaturesRequest;
import org.projectfloodlight.openflow.protocol.OFFlowAdd;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.OFFlowStatsRequest;
import org.projectfloodlight.openflow.protocol.OFGroupDescStatsRequest;
import org.projectfloodlight.openflow.protocol.OFHello;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterConfig;
import org.projectfloodlight.openflow.protocol.OFMeterConfigStatsRequest;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFMeterStatsRequest;
import org.projectfloodlight.openflow.protocol.OFPortDescStatsRequest;
import org.projectfloodlight.openflow.protocol.OFRoleRequest;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.U64;

/** A minimal switch for OpenFlow 1.4: it accepts every rule, and reports it on request. */
public final class FakeSwitch implements AutoCloseable {

    private static final OFFactory OF = OFFactories.getFactory(OFVersion.OF_14);

    private final DatapathId id;
    private final int host;
    private final Map<String, OFFlowAdd> flows = new LinkedHashMap<>();
    private final Map<Long, OFMeterMod> meters = new LinkedHashMap<>();
    private final List<OFFlowAdd> bundle = new ArrayList<>();
    private final AtomicInteger installed = new AtomicInteger();
    private final Channel channel;
    private volatile Predicate<OFMessage> ignored = message -> false;

    /** Connects to a gateway. */
    public FakeSwitch(EventLoopGroup group, DatapathId id, int port) {
        this(group, id, 1, port);
    }

    /** Connects to a gateway from 127.0.0.{@code host}; the hardware address of its port ends with the same number. */
    public FakeSwitch(EventLoopGroup group, DatapathId id, int host, int port) {
        this.id = id;
        this.host = host;
        this.channel = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel socket) {
                        socket.pipeline()
                                .addLast(new LengthFieldBasedFrameDecoder(65_535, 2, 2, -4, 0))
                                .addLast(new Answers());
                    }
                })
                .connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        new InetSocketAddress(loopback(host), 0))
                .syncUninterruptibly()
                .channel();
    }

    private static InetAddress loopback(int host) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    public DatapathId id() {
        return id;
    }

    /** Returns the number of its rules. */
    public int rules() {
        return installed.get();
    }

    /** Ignores matching messages from now on. */
    public void ignore(Predicate<OFMessage> which) {
        ignored = which;
    }

    /** Stays connected, but stops reading, and sends a message every second. */
    public void talkWithoutReading() {
        channel.config().setAutoRead(false);
        var unused = channel.eventLoop()
                .scheduleAtFixedRate(
                        () -> Answers.send(
                                channel, OF.buildEchoRequest().setXid(1).build()),
                        0,
                        1,
                        TimeUnit.SECONDS);
    }

    public boolean isConnected() {
        return channel.isActive();
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
    }

    /** Answers every request. */
    private final class Answers extends SimpleChannelInboundHandler<ByteBuf> {

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            send(ctx, OF.buildHello().setElements(List.of()).build());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) throws OFParseError {
            OFMessage request = Objects.requireNonNull(OF.getReader().readFrom(frame));
            long xid = request.getXid();
            if (ignored.test(request)) {
                return;
            }
            switch (request) {
                case OFHello hello -> {}
                case OFEchoRequest echo ->
                    send(ctx, OF.buildEchoReply().setXid(xid).build());
                case OFFeaturesRequest features ->
                    send(
                            ctx,
                            OF.buildFeaturesReply()
                                    .setXid(xid)
                                    .setDatapathId(org.projectfloodlight.openflow.types.DatapathId.of(id.value()))
                                    .build());
                case OFPortDescStatsRequest ports ->
                    send(
                            ctx,
                            OF.buildPortDescStatsReply()
                                    .setXid(xid)
                                    .setEntries(List.of(OF.buildPortDesc()
                                            .setPortNo(OFPort.of(1))
                                            .setName("p1")
                                            .setHwAddr(MacAddress.of(host))
                                            .build()))
                                    .build());
                case OFDescStatsRequest description ->
                    send(
                            ctx,
                            OF.buildDescStatsReply()
                                    .setXid(xid)
                                    .setMfrDesc("fake")
                                    .setHwDesc("")
                                    .setSwDesc("")
                                    .setSerialNum("")
                                    .setDpDesc("")
                                    .build());
                case OFRoleRequest role ->
                    send(
                            ctx,
                            OF.buildRoleReply()
                                    .setXid(xid)
                                    .setRole(role.getRole())
                                    .setGenerationId(role.getGenerationId())
                                    .build());
                case OFBarrierRequest barrier ->
                    send(ctx, OF.buildBarrierReply().setXid(xid).build());
                case OFFlowStatsRequest stats ->
                    send(
                            ctx,
                            OF.buildFlowStatsReply()
                                    .setXid(xid)
                                    .setEntries(flows.values().stream()
                                            .map(Answers::entry)
                                            .toList())
                                    .build());
                case OFMeterConfigStatsRequest stats ->
                    send(
                            ctx,
                            OF.buildMeterConfigStatsReply()
                                    .setXid(xid)
                                    .setEntries(meters.values().stream()
                                            .map(Answers::config)
                                            .toList())
                                    .build());
                case OFMeterStatsRequest stats ->
                    send(
                            ctx,
                            OF.buildMeterStatsReply()
                                    .setXid(xid)
                                    .setEntries(List.of())
                                    .build());
                case OFGroupDescStatsRequest stats ->
                    send(
                            ctx,
                            OF.buildGroupDescStatsReply()
                                    .setXid(xid)
                                    .setEntries(List.of())
                                    .build());
                case OFMeterMod meter -> meters.put(meter.getMeterId(), meter);
                case OFBundleAddMsg add -> bundle.add((OFFlowAdd) add.getData());
                case OFBundleCtrlMsg control -> {
                    boolean open = control.getBundleCtrlType() == OFBundleCtrlType.OPEN_REQUEST;
                    if (!open) {
                        bundle.forEach(flow -> flows.put(key(flow), flow));
                        bundle.clear();
                        installed.set((int) flows.values().stream()
                                .filter(flow -> !new Cookie(flow.getCookie().getValue()).isOfGateway())
                                .count());
                    }
                    send(
                            ctx,
                            OF.buildBundleCtrlMsg()
                                    .setXid(xid)
                                    .setBundleId(control.getBundleId())
                                    .setBundleCtrlType(
                                            open ? OFBundleCtrlType.OPEN_REPLY : OFBundleCtrlType.COMMIT_REPLY)
                                    .setFlags(control.getFlags())
                                    .build());
                }
                default -> throw new IllegalStateException("Unexpected request: " + request);
            }
        }

        private static String key(OFFlowAdd flow) {
            return flow.getTableId() + " " + flow.getPriority() + " " + flow.getMatch();
        }

        private static OFFlowStatsEntry entry(OFFlowAdd flow) {
            return OF.buildFlowStatsEntry()
                    .setTableId(flow.getTableId())
                    .setPriority(flow.getPriority())
                    .setCookie(flow.getCookie())
                    .setMatch(flow.getMatch())
                    .setInstructions(flow.getInstructions())
                    .setPacketCount(U64.ZERO)
                    .setByteCount(U64.ZERO)
                    .build();
        }

        private static OFMeterConfig config(OFMeterMod meter) {
            return OF.buildMeterConfig()
                    .setMeterId(meter.getMeterId())
                    .setFlags(Set.copyOf(meter.getFlags()))
                    .setEntries(meter.getBands())
                    .build();
        }

        private static void send(ChannelOutboundInvoker to, OFMessage message) {
            ByteBuf bytes = Unpooled.buffer();
            message.writeTo(bytes);
            ChannelFuture unused = to.writeAndFlush(bytes);
        }
    }
}
