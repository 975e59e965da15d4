package io.vlink.gateway.openflow.connection;

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
import io.vlink.gateway.openflow.exchanges.OpenFlowMeters;
import io.vlink.gateway.openflow.exchanges.RawTables;
import io.vlink.gateway.switches.boundary.RecordedBridge;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEvent;
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

/** Listens for switches, and serves hundreds of them on one group of event loops. */
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
     * Creates a server that does not listen yet.
     *
     * @param events receives events on event loops
     * @param recorded returns what the OVSDB recorded for a switch's node reports of it now
     * @param elsewhere returns the host from which a switch is connected to another gateway, which owns it
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
        // NIO: the native epoll transport was measured and is not faster here (barrier round trip 18 to 20 us with
        // both).
        this.group = new NioEventLoopGroup(threads, new DefaultThreadFactory("openflow", true));
        this.probes = new LoopProbes(group);
        this.pipeline = new OpenFlowPipeline(
                settings,
                new SwitchSession.Surroundings(
                        events,
                        clock,
                        meters,
                        switches,
                        new ConnectionAdmission(recorded, elsewhere, System::nanoTime)));
    }

    /**
     * Starts to listen.
     *
     * @throws IllegalStateException if it cannot listen on an address, which the message names
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
                        "Cannot listen for switches on %s: %s. Is another gateway running, or is vlink.gateway.openflow.listen wrong?"
                                .formatted(address, bound.cause().getMessage()));
            }
            listening.add(bound.channel());
            LOG.infof("Listening for switches: address=%s", bound.channel().localAddress());
        }
    }

    public boolean isListening() {
        return !listening.isEmpty() && listening.stream().allMatch(Channel::isOpen);
    }

    /** Returns how long a task of the slowest event loop has been waiting; to be called regularly. */
    public Duration longestSilence() {
        return probes.longestSilence();
    }

    /** Returns the port of the first address, even if the system chose it. */
    public int port() {
        return ((InetSocketAddress) listening.getFirst().localAddress()).getPort();
    }

    public int connectedSwitches() {
        return switches.all().size();
    }

    /** The number of flow mods sent to all switches since the start. */
    public long flowModsSent() {
        return meters.flowModsSent();
    }

    /** Reports every connected switch that matches once more. */
    public void announce(Predicate<DatapathId> which) {
        switches.all().stream()
                .filter(session -> which.test(session.datapathId()))
                .forEach(SwitchSession::announce);
    }

    /** Releases every connected switch that matches to another gateway. */
    public void release(Predicate<DatapathId> which) {
        switches.all().stream()
                .filter(session -> which.test(session.datapathId()))
                .forEach(session ->
                        session.perform(new SwitchCommand.BeSlave(session.datapathId(), session.connection())));
    }

    /** Carries out a command if its connection is still open. Callable from any thread. */
    public void perform(SwitchCommand.ConnectionCommand command) {
        SwitchSession session = switches.of(command.datapathId());
        if (session != null && session.connection() == command.connection()) {
            session.perform(command);
        }
    }

    /** Returns the switches that are connected here, with any role of this gateway. */
    public List<DatapathId> datapathIds() {
        return switches.all().stream().map(SwitchSession::datapathId).toList();
    }

    /** Returns the same switches with their addresses and ports. */
    public List<Guest> guests() {
        return switches.all().stream().map(SwitchSession::guest).toList();
    }

    /**
     * Reads all tables of a switch from the switch itself. Fails if the switch is not connected here, or while another read is
     * in progress: the tables are large, and a switch that sends them does little else.
     *
     * @param patience maximum time for the read
     */
    public CompletableFuture<RawTables> tables(DatapathId datapathId, Duration patience) {
        SwitchSession session = switches.of(datapathId);
        if (session == null) {
            return CompletableFuture.failedFuture(
                    new NoSuchElementException("The switch %s is not connected here.".formatted(datapathId)));
        }
        if (!readingTables.compareAndSet(false, true)) {
            return CompletableFuture.failedFuture(new BusyException());
        }
        CompletableFuture<RawTables> result = new CompletableFuture<>();
        session.readTables(result);
        return result.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((tables, failure) -> readingTables.set(false));
    }

    /** Thrown while another read of tables is in progress. */
    public static final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BusyException() {
            super("Another read of switch tables is in progress; try again.", null, false, false);
        }
    }

    @Override
    public void close() {
        listening.forEach(channel -> channel.close().awaitUninterruptibly());
        Future<?> unused = group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
