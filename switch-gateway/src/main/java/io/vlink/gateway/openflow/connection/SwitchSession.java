package io.vlink.gateway.openflow.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.gateway.openflow.exchanges.ForeignReader;
import io.vlink.gateway.openflow.exchanges.OpenFlowMeters;
import io.vlink.gateway.openflow.exchanges.PendingRequests;
import io.vlink.gateway.openflow.exchanges.RawTables;
import io.vlink.gateway.openflow.exchanges.RoleKeeper;
import io.vlink.gateway.openflow.exchanges.RuleReader;
import io.vlink.gateway.openflow.exchanges.RuleWriter;
import io.vlink.gateway.openflow.exchanges.SwitchIdentity;
import io.vlink.gateway.openflow.exchanges.TablesReader;
import io.vlink.gateway.openflow.frames.BadFrame;
import io.vlink.gateway.openflow.mapping.PortMapper;
import io.vlink.gateway.switches.boundary.ObservedPort;
import io.vlink.gateway.switches.boundary.RecordedBridge;
import io.vlink.gateway.switches.boundary.SwitchCommand;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.projectfloodlight.openflow.protocol.OFControllerRole;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFPortReason;
import org.projectfloodlight.openflow.protocol.OFPortStatus;
import org.projectfloodlight.openflow.protocol.OFRoleStatus;

/**
 * One switch on one connection, from the end of the handshake on. Once served, it carries out commands and reports events; it
 * decides nothing. Its state belongs to its event loop; {@link #perform}, {@link #announce} and the methods of
 * {@link Contender} may be called from any thread.
 */
final class SwitchSession extends SimpleChannelInboundHandler<Object> implements Contender {

    /** The objects that all sessions share. */
    record Surroundings(
            Consumer<SwitchEvent> events,
            Clock clock,
            OpenFlowMeters meters,
            ConnectedSwitches switches,
            ConnectionAdmission admission) {}

    private final Channel channel;
    private final SwitchIdentity identity;
    private final long connection;
    private final Map<PortNumber, ObservedPort> ports;
    private final Surroundings surroundings;
    private final RoleKeeper roles;
    private final RuleReader reader;
    private final RuleWriter writer;
    private volatile boolean served;
    private volatile String ending = "The switch closed the connection.";

    SwitchSession(
            Channel channel,
            SwitchIdentity identity,
            long connection,
            Map<PortNumber, ObservedPort> ports,
            Surroundings surroundings) {
        this.channel = channel;
        this.identity = identity;
        this.connection = connection;
        this.ports = new ConcurrentSkipListMap<>(ports);
        this.surroundings = surroundings;
        OFFactory factory = OFFactories.getFactory(identity.version());
        PendingRequests pending = channel.pipeline().get(PendingRequests.class);
        this.roles =
                new RoleKeeper(channel, factory, pending, identity.datapathId(), connection, surroundings.events());
        this.reader = new RuleReader(channel, factory, pending);
        this.writer = new RuleWriter(channel, factory, pending, reader, surroundings.meters(), roles::reportElsewhere);
    }

    @Override
    public DatapathId datapathId() {
        return identity.datapathId();
    }

    @Override
    public String address() {
        return identity.address();
    }

    @Override
    public RecordedBridge.Claimant claim() {
        return new RecordedBridge.Claimant(Addresses.host(channel.remoteAddress()), List.copyOf(ports.values()));
    }

    @Override
    public boolean isOpen() {
        return channel.isActive();
    }

    @Override
    public void begin() {
        served = true;
        surroundings.switches().put(this);
        announce();
    }

    @Override
    public void prove(Duration within, Consumer<Boolean> alive) {
        channel.eventLoop().execute(() -> {
            ChannelHandlerContext keepAlive = channel.pipeline().context(KeepAliveHandler.class);
            if (keepAlive != null) {
                ((KeepAliveHandler) keepAlive.handler()).prove(keepAlive, within, alive);
            }
        });
    }

    @Override
    public void after(long wait, Runnable then) {
        var unused = channel.eventLoop().schedule(then, wait, TimeUnit.NANOSECONDS);
    }

    @Override
    public void rivalled(Contender rival) {
        surroundings.events().accept(new SwitchEvent.Rivalled(datapathId(), rival.address()));
    }

    Guest guest() {
        return new Guest(datapathId(), address(), ports.values());
    }

    long connection() {
        return connection;
    }

    /** Reports that the switch is connected, with its ports. */
    void announce() {
        channel.eventLoop().execute(() -> surroundings
                .events()
                .accept(new SwitchEvent.Connected(
                        datapathId(),
                        connection,
                        identity.address(),
                        identity.openflow(),
                        identity.description(),
                        List.copyOf(ports.values()))));
    }

    @Override
    public void refuse(String reason) {
        ending = reason;
        ChannelFuture unused = channel.close();
    }

    /** Reads all tables of the switch. */
    void readTables(CompletableFuture<RawTables> result) {
        channel.eventLoop().execute(() -> {
            if (!channel.isActive()) {
                result.completeExceptionally(new IllegalStateException("The switch has disconnected."));
                return;
            }
            TablesReader.read(
                    channel,
                    identity,
                    OFFactories.getFactory(identity.version()),
                    channel.pipeline().get(PendingRequests.class),
                    result);
            channel.flush();
        });
    }

    void perform(SwitchCommand.ConnectionCommand command) {
        channel.eventLoop().execute(() -> carryOut(command));
    }

    private void carryOut(SwitchCommand.ConnectionCommand command) {
        if (!channel.isActive()) {
            return;
        }
        switch (command) {
            case SwitchCommand.AskMaster ask -> roles.askMaster(ask.generation());
            case SwitchCommand.BeSlave slave -> roles.beSlave();
            case SwitchCommand.Refuse refuse -> refuse(refuse.reason());
            case SwitchCommand.PutMarker mark -> writer.mark(mark.put(), mark.remove(), mark.clears());
            case SwitchCommand.ReadContents read -> {
                reader.read(surroundings.clock().instant(), contents -> surroundings
                        .events()
                        .accept(new SwitchEvent.ContentsRead(datapathId(), connection, read.number(), contents)));
                channel.flush();
            }
            case SwitchCommand.ReadForeign read -> {
                ForeignReader.read(
                        channel,
                        OFFactories.getFactory(identity.version()),
                        channel.pipeline().get(PendingRequests.class),
                        rules -> surroundings
                                .events()
                                .accept(new SwitchEvent.ForeignRead(datapathId(), connection, rules)));
                channel.flush();
            }
            case SwitchCommand.Write write ->
                writer.write(write.batch(), errors -> surroundings
                        .events()
                        .accept(new SwitchEvent.BatchDone(
                                datapathId(), connection, write.batch().number(), errors)));
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Object message) {
        switch (message) {
            case OFPortStatus status -> PortMapper.port(status.getDesc()).ifPresent(port -> on(status, port));
            case OFRoleStatus status -> {
                if (status.getRole() == OFControllerRole.ROLE_SLAVE) {
                    roles.reportElsewhere();
                }
            }
            default -> {}
        }
    }

    private void on(OFPortStatus status, ObservedPort port) {
        if (status.getReason() == OFPortReason.DELETE) {
            ports.remove(port.number());
            tell(new SwitchEvent.PortRemoved(datapathId(), connection, port.number()));
        } else if (!port.equals(ports.put(port.number(), port))) {
            if (ports.size() > HandshakeHandler.MAX_PORTS) {
                throw new BadFrame("The switch reports more than %d ports.".formatted(HandshakeHandler.MAX_PORTS));
            }
            tell(new SwitchEvent.PortSeen(datapathId(), connection, port));
        }
    }

    /** Reports an event, if the switch is served. Earlier changes are reported once it is. */
    private void tell(SwitchEvent event) {
        if (served) {
            surroundings.events().accept(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        surroundings.switches().remove(this);
        tell(new SwitchEvent.Disconnected(datapathId(), connection, ending));
        surroundings.admission().left(this);
    }

    /** Notes that the switch hung. Returns the reason, followed by the time from which it is served again. */
    String hung(String words) {
        long wait = surroundings.admission().hung(datapathId());
        return "%s It is served again from %s."
                .formatted(words, surroundings.clock().instant().plusNanos(wait).truncatedTo(ChronoUnit.SECONDS));
    }

    /** Sets why the connection is about to be closed. */
    void ending(String reason) {
        ending = reason;
    }
}
