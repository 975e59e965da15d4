package io.vlink.gateway.openflow;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.RecordedBridge;
import io.vlink.gateway.switches.SwitchCommand;
import io.vlink.gateway.switches.SwitchEvent;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Listens for switches: hundreds of them on one group of event loops. */
public final class OpenFlowServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(OpenFlowServer.class);
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

    private final OpenFlowSettings settings;
    private final EventLoopGroup group;
    private final ConnectedSwitches switches = new ConnectedSwitches();
    private final OpenFlowMeters meters;
    private final OpenFlowPipeline pipeline;
    private final LoopProbes probes;
    private final List<Channel> listening = new ArrayList<>();
    private final AtomicBoolean readingTables = new AtomicBoolean();

    /**
     * Makes a server that does not listen yet.
     *
     * @param events told on event loops what is seen
     * @param recorded what the OVSDB that is recorded for a switch's node says of it now
     * @param elsewhere from which host a switch is connected to another gateway, which owns it
     */
    public OpenFlowServer(
            OpenFlowSettings settings,
            Consumer<SwitchEvent> events,
            Function<DatapathId, Optional<RecordedBridge>> recorded,
            Function<DatapathId, Optional<String>> elsewhere,
            Clock clock,
            MeterRegistry registry) {
        this.settings = settings;
        this.meters = new OpenFlowMeters(registry);
        int threads = settings.threads() == 0 ? Runtime.getRuntime().availableProcessors() : settings.threads();
        // NIO: the native epoll transport was measured and is no faster here (barrier round trip 18 to 20 us with
        // both).
        this.group = new NioEventLoopGroup(threads, new DefaultThreadFactory("openflow", true));
        this.probes = new LoopProbes(group);
        this.pipeline = new OpenFlowPipeline(
                settings,
                new SwitchSession.Surroundings(
                        events, clock, meters, switches, new Admission(recorded, elsewhere, System::nanoTime)));
    }

    /**
     * Begins to listen.
     *
     * @throws IllegalStateException naming the address that cannot be listened on
     */
    public void start() {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(pipeline);
        for (InetSocketAddress address : settings.listen()) {
            ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                close();
                throw new IllegalStateException(
                        "Cannot listen for switches on %s: %s. Is another gateway running, or vlink.gateway.openflow.listen wrong?"
                                .formatted(address, bound.cause().getMessage()));
            }
            listening.add(bound.channel());
            LOG.infof("Listening for switches: address=%s", bound.channel().localAddress());
        }
    }

    public boolean isListening() {
        return !listening.isEmpty() && listening.stream().allMatch(Channel::isOpen);
    }

    /** How long the slowest event loop has owed a sign of life; to be asked again and again. */
    public Duration longestSilence() {
        return probes.longestSilence();
    }

    /** The port of the first address, also where any free one was asked for. */
    public int port() {
        return ((InetSocketAddress) listening.getFirst().localAddress()).getPort();
    }

    public int connectedSwitches() {
        return switches.all().size();
    }

    /** Flow mods sent to all switches since the start. */
    public long flowModsSent() {
        return meters.flowModsSent();
    }

    /** Has every connected switch of a kind told again. */
    public void announce(Predicate<DatapathId> which) {
        switches.all().stream()
                .filter(session -> which.test(session.datapathId()))
                .forEach(SwitchSession::announce);
    }

    /** Leaves every connected switch of a kind to another gateway. */
    public void release(Predicate<DatapathId> which) {
        switches.all().stream()
                .filter(session -> which.test(session.datapathId()))
                .forEach(session ->
                        session.perform(new SwitchCommand.BeSlave(session.datapathId(), session.connection())));
    }

    /** Carries a command out, if that connection still stands. From any thread. */
    public void perform(SwitchCommand.OnConnection command) {
        SwitchSession session = switches.of(command.datapathId());
        if (session != null && session.connection() == command.connection()) {
            session.perform(command);
        }
    }

    /** The switches that are connected here, as master or not. */
    public List<DatapathId> datapathIds() {
        return switches.all().stream().map(SwitchSession::datapathId).toList();
    }

    /** The same, as they came. */
    public List<Guest> guests() {
        return switches.all().stream().map(SwitchSession::guest).toList();
    }

    /**
     * Reads everything that stands in a switch, afresh. Fails where the switch is not connected here, or as long as another
     * reading goes on: what is read is large, and a switch that tells it does little else.
     *
     * @param patience how long the switch may take
     */
    public CompletableFuture<SwitchTables> tables(DatapathId datapathId, Duration patience) {
        SwitchSession session = switches.of(datapathId);
        if (session == null) {
            return CompletableFuture.failedFuture(
                    new NoSuchElementException("The switch %s is not connected here.".formatted(datapathId)));
        }
        if (!readingTables.compareAndSet(false, true)) {
            return CompletableFuture.failedFuture(new BusyException());
        }
        CompletableFuture<SwitchTables> result = new CompletableFuture<>();
        session.readTables(result);
        return result.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((tables, failure) -> readingTables.set(false));
    }

    /** The tables of a switch are being read for somebody else. */
    public static final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BusyException() {
            super("The tables of a switch are being read for somebody else; ask again.", null, false, false);
        }
    }

    @Override
    public void close() {
        listening.forEach(channel -> channel.close().awaitUninterruptibly());
        Future<?> unused = group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
