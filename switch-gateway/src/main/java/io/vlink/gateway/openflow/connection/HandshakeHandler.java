package io.vlink.gateway.openflow.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.ScheduledFuture;
import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.events.text.Unicode;
import io.vlink.gateway.openflow.exchanges.SwitchIdentity;
import io.vlink.gateway.openflow.exchanges.Writes;
import io.vlink.gateway.openflow.frames.BadFrame;
import io.vlink.gateway.openflow.frames.Hello;
import io.vlink.gateway.openflow.frames.OpenFlowDecoder;
import io.vlink.gateway.openflow.frames.SwitchError;
import io.vlink.gateway.openflow.mapping.PortMapper;
import io.vlink.gateway.switches.boundary.ObservedPort;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.projectfloodlight.openflow.protocol.OFDescStatsReply;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFeaturesReply;
import org.projectfloodlight.openflow.protocol.OFHelloFailedCode;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortDescStatsReply;
import org.projectfloodlight.openflow.protocol.OFPortReason;
import org.projectfloodlight.openflow.protocol.OFPortStatus;
import org.projectfloodlight.openflow.protocol.OFStatsReplyFlags;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.OFAuxId;
import org.projectfloodlight.openflow.types.OFErrorCauseData;
import org.projectfloodlight.openflow.types.U32;

/**
 * Performs the handshake: hello, features, port description, description. Then a {@link SwitchSession} replaces it. A
 * connection that misses the deadline is closed.
 */
final class HandshakeHandler extends SimpleChannelInboundHandler<Object> {

    static final int MAX_PORTS = 65_536;

    /** Called when the handshake is done. */
    interface Done {
        void with(ChannelHandlerContext ctx, SwitchIdentity identity, Map<PortNumber, ObservedPort> ports);
    }

    private final Duration deadline;
    private final Done done;
    private final Map<PortNumber, ObservedPort> ports = new TreeMap<>();
    private @Nullable OFVersion version;
    private @Nullable OFFeaturesReply features;
    private @Nullable String description;
    private boolean portsComplete;
    private @Nullable ScheduledFuture<?> timer;

    HandshakeHandler(Duration deadline, Done done) {
        this.deadline = deadline;
        this.done = done;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        timer = ctx.executor()
                .schedule(
                        () -> ctx.fireExceptionCaught(new BadFrame(
                                "The handshake was not complete within %d ms.".formatted(deadline.toMillis()))),
                        deadline.toMillis(),
                        TimeUnit.MILLISECONDS);
        OFFactory factory = OFFactories.getFactory(Hello.highest());
        Writes.write(
                ctx.channel(),
                factory.hello(List.of(factory.helloElemVersionbitmap(List.of(U32.of(Hello.offered()))))));
        ctx.channel().flush();
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancelTimer();
        ctx.fireChannelInactive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Object message) {
        switch (message) {
            case Hello hello -> negotiate(ctx, hello);
            case OFFeaturesReply reply -> features = reply;
            case OFPortDescStatsReply reply -> {
                reply.getEntries().forEach(this::take);
                portsComplete = !reply.getFlags().contains(OFStatsReplyFlags.REPLY_MORE);
            }
            case OFDescStatsReply reply -> description = words(reply);
            case OFPortStatus status -> {
                if (status.getReason() == OFPortReason.DELETE) {
                    PortMapper.port(status.getDesc()).ifPresent(port -> ports.remove(port.number()));
                } else {
                    take(status.getDesc());
                }
            }
            case SwitchError error -> throw new BadFrame("The switch aborted the handshake: " + error.words());
            default -> {}
        }
        finish(ctx);
    }

    private void negotiate(ChannelHandlerContext ctx, Hello hello) {
        if (version != null) {
            throw new BadFrame("The switch sent a second hello.");
        }
        OFVersion agreed = hello.negotiate().orElse(null);
        if (agreed == null) {
            String words = "Vlink speaks OpenFlow 1.4 and 1.3; the switch speaks %s.".formatted(hello.words());
            refuseVersion(ctx, words);
            throw new BadFrame(words);
        }
        version = agreed;
        ctx.pipeline().get(OpenFlowDecoder.class).negotiated(agreed);
        ctx.pipeline().get(KeepAliveHandler.class).begin(agreed);
        OFFactory factory = OFFactories.getFactory(agreed);
        Writes.write(ctx.channel(), factory.featuresRequest());
        Writes.write(ctx.channel(), factory.buildPortDescStatsRequest().build());
        Writes.write(ctx.channel(), factory.buildDescStatsRequest().build());
        ctx.channel().flush();
    }

    /** Refuses the peer's versions in words, in a version that the peer may be able to read (OpenFlow 1.4.1 §6.3.1). */
    private static void refuseVersion(ChannelHandlerContext ctx, String words) {
        OFFactory factory = OFFactories.getFactory(OFVersion.OF_13);
        Writes.write(
                ctx.channel(),
                factory.errorMsgs()
                        .buildHelloFailedErrorMsg()
                        .setXid(0)
                        .setCode(OFHelloFailedCode.INCOMPATIBLE)
                        .setData(OFErrorCauseData.of(words.getBytes(StandardCharsets.US_ASCII), OFVersion.OF_13))
                        .build());
        ctx.channel().flush();
    }

    private void take(OFPortDesc desc) {
        PortMapper.port(desc).ifPresent(port -> ports.put(port.number(), port));
        if (ports.size() > MAX_PORTS) {
            throw new BadFrame("The switch reports more than %d ports.".formatted(MAX_PORTS));
        }
    }

    private void finish(ChannelHandlerContext ctx) {
        if (features == null || description == null || version == null || !portsComplete) {
            return;
        }
        if (!features.getAuxiliaryId().equals(OFAuxId.MAIN)) {
            throw new BadFrame("Auxiliary connections (this is number %s) are not supported."
                    .formatted(features.getAuxiliaryId().getValue()));
        }
        cancelTimer();
        DatapathId id = new DatapathId(features.getDatapathId().getLong());
        done.with(
                ctx, new SwitchIdentity(id, Addresses.of(ctx.channel().remoteAddress()), version, description), ports);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private static String words(OFDescStatsReply reply) {
        return Unicode.printable(Stream.of(reply.getMfrDesc(), reply.getHwDesc(), reply.getSwDesc())
                .filter(word -> !word.isBlank() && !word.equals("None"))
                .collect(Collectors.joining(" ")));
    }
}
