package io.vlink.gateway.openflow.exchanges;

import io.netty.channel.Channel;
import io.vlink.events.DatapathId;
import io.vlink.gateway.openflow.frames.BadFrame;
import io.vlink.gateway.openflow.frames.SwitchError;
import io.vlink.gateway.switches.boundary.SwitchEvent;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jboss.logging.Logger;
import org.projectfloodlight.openflow.protocol.OFControllerRole;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFRoleReply;
import org.projectfloodlight.openflow.types.U64;

/**
 * Requests roles (OpenFlow 1.4.1 §6.3.6). The switch keeps the largest generation id that it has seen, and answers STALE to a
 * smaller one. A request with NOCHANGE returns that id. Belongs to the event loop.
 */
public final class RoleKeeper {

    private static final Logger LOG = Logger.getLogger(RoleKeeper.class);
    /** The generation id of a switch that has not seen any. */
    private static final long UNDEFINED = -1;

    private final Channel channel;
    private final OFFactory factory;
    private final PendingRequests pending;
    private final DatapathId datapathId;
    private final long connection;
    private final Consumer<SwitchEvent> events;

    public RoleKeeper(
            Channel channel,
            OFFactory factory,
            PendingRequests pending,
            DatapathId datapathId,
            long connection,
            Consumer<SwitchEvent> events) {
        this.channel = channel;
        this.factory = factory;
        this.pending = pending;
        this.datapathId = datapathId;
        this.connection = connection;
        this.events = events;
    }

    public void askMaster(long generation) {
        ask(
                OFControllerRole.ROLE_MASTER,
                generation,
                new RoleReply(
                        now -> events.accept(new SwitchEvent.MasterGranted(datapathId, connection)),
                        this::masterRefused));
    }

    private void masterRefused(SwitchError error) {
        if (!error.isStale()) {
            throw new BadFrame("The switch refused the master role: " + error.words());
        }
        reportElsewhere();
    }

    /** Requests the slave role, as another gateway owns the switch. The generation does not change. */
    public void beSlave() {
        ask(
                OFControllerRole.ROLE_NOCHANGE,
                0,
                new RoleReply(
                        now -> ask(
                                OFControllerRole.ROLE_SLAVE,
                                now == UNDEFINED ? 0 : now,
                                new RoleReply(then -> {}, RoleKeeper::noMatter)),
                        RoleKeeper::noMatter));
    }

    /** Reports the generation that took the master role away. */
    public void reportElsewhere() {
        ask(
                OFControllerRole.ROLE_NOCHANGE,
                0,
                new RoleReply(
                        now -> events.accept(new SwitchEvent.MasterElsewhere(datapathId, connection, now)),
                        RoleKeeper::noMatter));
    }

    /** Ignores an error: the switch has a later master. */
    private static void noMatter(SwitchError error) {
        LOG.debugf("A role request was refused: %s xid=%d", error.words(), error.xid());
    }

    private void ask(OFControllerRole role, long generation, RoleReply answer) {
        pending.send(
                channel,
                factory.buildRoleRequest()
                        .setXid(pending.nextXid())
                        .setRole(role)
                        .setGenerationId(U64.of(generation))
                        .build(),
                answer);
        channel.flush();
    }

    /** The answer to one role request: granted, with the current generation of the switch, or refused. */
    private final class RoleReply implements PendingRequests.Exchange {

        private final LongConsumer granted;
        private final Consumer<SwitchError> refused;

        RoleReply(LongConsumer granted, Consumer<SwitchError> refused) {
            this.granted = granted;
            this.refused = refused;
        }

        @Override
        public void answered(OFMessage answer) {
            pending.drop(answer.getXid());
            if (!(answer instanceof OFRoleReply reply)) {
                throw new BadFrame("The switch answered a role request with the type %s.".formatted(answer.getType()));
            }
            granted.accept(reply.getGenerationId().getValue());
        }

        @Override
        public void failed(SwitchError error) {
            pending.drop(error.xid());
            refused.accept(error);
        }

        @Override
        public void closed() {}
    }
}
