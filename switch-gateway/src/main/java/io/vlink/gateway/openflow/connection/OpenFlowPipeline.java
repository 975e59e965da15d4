package io.vlink.gateway.openflow.connection;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.vlink.events.PortNumber;
import io.vlink.gateway.openflow.exchanges.PendingRequests;
import io.vlink.gateway.openflow.exchanges.SwitchIdentity;
import io.vlink.gateway.openflow.frames.FrameBounds;
import io.vlink.gateway.openflow.frames.OpenFlowDecoder;
import io.vlink.gateway.openflow.frames.OpenFlowEncoder;
import io.vlink.gateway.switches.boundary.ObservedPort;
import java.util.Map;
import org.jboss.logging.Logger;

/** The stages of a connection, in order. */
public final class OpenFlowPipeline extends ChannelInitializer<SocketChannel> {

    private static final Logger LOG = Logger.getLogger(OpenFlowPipeline.class);

    /** More than the switches of any host that connect at the same time. */
    private static final int HANDSHAKES_OF_A_HOST = 1_024;

    private static final int HANDSHAKES = 8 * HANDSHAKES_OF_A_HOST;

    private final Handshakes handshakes = new Handshakes(HANDSHAKES, HANDSHAKES_OF_A_HOST);
    private final OpenFlowSettings settings;
    private final SwitchSession.Surroundings surroundings;

    OpenFlowPipeline(OpenFlowSettings settings, SwitchSession.Surroundings surroundings) {
        this.settings = settings;
        this.surroundings = surroundings;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        Runnable over =
                handshakes.begin(Addresses.host(channel.remoteAddress())).orElse(null);
        if (over == null) {
            LOG.warnf(
                    "Connection closed: too many connections are in their handshake. address=%s",
                    Addresses.of(channel.remoteAddress()));
            ChannelFuture unused = channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> over.run());
        channel.pipeline()
                .addLast("unread-watch", new UnreadWatch(settings.answerDeadline()))
                .addLast("frame-bounds", new FrameBounds())
                .addLast("decoder", new OpenFlowDecoder())
                .addLast("encoder", new OpenFlowEncoder())
                .addLast("error-counter", new ErrorCounter(surroundings.meters()))
                .addLast("keep-alive", new KeepAliveHandler(settings.echoIdle(), settings.echoDeadline()))
                .addLast("pending-requests", new PendingRequests(settings.answerDeadline()))
                .addLast("handshake", new HandshakeHandler(settings.handshakeDeadline(), (ctx, identity, ports) -> {
                    over.run();
                    begin(ctx, identity, ports);
                }))
                .addLast("last", new LastStage());
    }

    private void begin(ChannelHandlerContext ctx, SwitchIdentity identity, Map<PortNumber, ObservedPort> ports) {
        SwitchSession session = new SwitchSession(
                ctx.channel(), identity, surroundings.switches().nextConnection(), ports, surroundings);
        ctx.pipeline().replace("handshake", "session", session);
        LOG.infof(
                "Switch connected: OpenFlow %s, %s datapathId=%s address=%s",
                identity.openflow(), identity.description(), identity.datapathId(), identity.address());
        surroundings.admission().arrived(session);
    }
}
