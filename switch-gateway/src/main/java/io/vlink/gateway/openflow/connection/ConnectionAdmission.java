package io.vlink.gateway.openflow.connection;

import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.boundary.RecordedBridge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of the connections that claim one datapath id is served: one at a time. The served connection stays as long
 * as it answers an echo. Where the recorded OVSDB identifies the right switch, that switch is served. Each further attempt of
 * a refused connection waits longer. Thread-safe.
 */
final class ConnectionAdmission {

    static final Duration PROOF = Duration.ofSeconds(2);

    /** Time for which the place of a closed connection is reserved for its own host, against hosts that were refused. */
    static final Duration RESERVED = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(ConnectionAdmission.class);
    private static final int MAX_WAITING = 4;

    private final Function<DatapathId, Optional<RecordedBridge>> recorded;
    private final Function<DatapathId, Optional<String>> elsewhere;
    private final LongSupplier nanoTime;
    private final Map<DatapathId, DatapathClaims> claims = new HashMap<>();
    private final Backoff<Rival> refusals =
            new Backoff<>(Duration.ofSeconds(1), Duration.ofSeconds(16), Duration.ofSeconds(30));
    private final Backoff<DatapathId> hung =
            new Backoff<>(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60));

    /** A host from which a datapath id was claimed. */
    private record Rival(DatapathId datapathId, String host) {
        static Rival of(Contender contender) {
            return new Rival(contender.datapathId(), contender.claim().host());
        }
    }

    /** The claims to one datapath id. */
    private static final class DatapathClaims {
        private @Nullable Contender served;
        private final List<Contender> waiting = new ArrayList<>();
        private boolean asking;
        private boolean timed;
        private boolean disputed;
        /** The host of the connection served last, while its place is reserved. */
        private @Nullable String reservedFor;

        private long reservedUntil;
    }

    /**
     * Creates an instance that has admitted no connection yet.
     *
     * @param recorded returns what the recorded OVSDB reports of a switch now
     * @param elsewhere returns the host from which a switch is connected to another gateway, which owns it
     * @param nanoTime a monotonic clock
     */
    ConnectionAdmission(
            Function<DatapathId, Optional<RecordedBridge>> recorded,
            Function<DatapathId, Optional<String>> elsewhere,
            LongSupplier nanoTime) {
        this.recorded = recorded;
        this.elsewhere = elsewhere;
        this.nanoTime = nanoTime;
    }

    /** Handles a connection after its handshake: serves it at once, later, or never. */
    synchronized void arrived(Contender newcomer) {
        DatapathClaims claim = claims.computeIfAbsent(newcomer.datapathId(), id -> new DatapathClaims());
        if (claim.served != null && refusals.hasFailed(Rival.of(newcomer), nanoTime.getAsLong())) {
            claim.served.rivalled(newcomer);
        }
        if (claim.waiting.size() >= MAX_WAITING) {
            newcomer.refuse("Too many connections with this datapath id are waiting.");
            return;
        }
        claim.waiting.add(newcomer);
        decide(newcomer.datapathId());
    }

    /** Handles the close of a connection. */
    synchronized void left(Contender disconnected) {
        DatapathClaims claim = claims.get(disconnected.datapathId());
        if (claim == null) {
            return;
        }
        claim.waiting.remove(disconnected);
        if (claim.served == disconnected) {
            claim.served = null;
            claim.asking = false;
            if (claim.disputed) {
                claim.reservedFor = disconnected.claim().host();
                claim.reservedUntil = nanoTime.getAsLong() + RESERVED.toNanos();
                again(claim, disconnected, RESERVED.toNanos());
            }
        }
        decide(disconnected.datapathId());
    }

    /** Notes that a switch hung. Returns the time, in ns, for which it is not served again. */
    synchronized long hung(DatapathId id) {
        return hung.failed(id, nanoTime.getAsLong());
    }

    private synchronized void decide(DatapathId id) {
        DatapathClaims claim = claims.get(id);
        if (claim == null) {
            return;
        }
        claim.waiting.removeIf(contender -> !contender.isOpen());
        if (claim.waiting.isEmpty()) {
            if (claim.served == null && (claim.reservedFor == null || nanoTime.getAsLong() >= claim.reservedUntil)) {
                claims.remove(id);
            }
        } else if (claim.served == null) {
            fill(claim);
        } else {
            contest(claim, claim.served);
        }
    }

    private void again(DatapathClaims claim, Contender contender, long wait) {
        if (!claim.timed) {
            claim.timed = true;
            contender.after(wait, () -> {
                synchronized (this) {
                    claim.timed = false;
                    decide(contender.datapathId());
                }
            });
        }
    }

    /** Serves the latest connection while none is served, unless it has to wait. */
    private void fill(DatapathClaims claim) {
        long soonest = Long.MAX_VALUE;
        for (Contender contender : List.copyOf(claim.waiting).reversed()) {
            long wait =
                    Math.max(hung.remaining(contender.datapathId(), nanoTime.getAsLong()), reserved(claim, contender));
            if (wait == 0) {
                admit(claim, contender);
                decide(contender.datapathId());
                return;
            }
            soonest = Math.min(soonest, wait);
        }
        again(claim, claim.waiting.getLast(), soonest);
    }

    private long reserved(DatapathClaims claim, Contender contender) {
        boolean reserved = claim.reservedFor != null
                && !claim.reservedFor.equals(contender.claim().host())
                && refusals.hasFailed(Rival.of(contender), nanoTime.getAsLong());
        return reserved ? Math.max(0, claim.reservedUntil - nanoTime.getAsLong()) : 0;
    }

    private void admit(DatapathClaims claim, Contender contender) {
        claim.waiting.remove(contender);
        claim.served = contender;
        claim.asking = false;
        claim.reservedFor = null;
        contender.begin();
    }

    private void contest(DatapathClaims claim, Contender served) {
        long soonest = Long.MAX_VALUE;
        for (Contender newcomer : List.copyOf(claim.waiting)) {
            int right = right(served, newcomer);
            long wait = refusals.remaining(Rival.of(newcomer), nanoTime.getAsLong());
            if (right < 0) {
                replace(claim, served, newcomer, "The switch at the OVSDB that is recorded for the node");
                return;
            } else if (right == 0 && isAtItsOwner(newcomer) && !isAtItsOwner(served)) {
                replace(claim, served, newcomer, "The switch that is connected to its owning gateway");
                return;
            } else if (wait > 0) {
                soonest = Math.min(soonest, wait);
            } else if (right > 0) {
                refuse(claim, served, newcomer, "is not at the OVSDB that is recorded for the node");
            } else {
                ask(claim, served);
            }
        }
        if (soonest < Long.MAX_VALUE) {
            again(claim, served, soonest);
        }
    }

    /** Returns whether a connection comes from the same host as the owner's connection. */
    private boolean isAtItsOwner(Contender contender) {
        return elsewhere
                .apply(contender.datapathId())
                .filter(contender.claim().host()::equals)
                .isPresent();
    }

    private void replace(DatapathClaims claim, Contender served, Contender newcomer, String who) {
        LOG.warnf(
                "%s replaces another switch with the same datapath id. datapathId=%s address=%s other=%s",
                who, served.datapathId(), newcomer.address(), served.address());
        supersede(claim, served, newcomer, who + " connected with the same datapath id.");
        newcomer.rivalled(served);
        decide(served.datapathId());
    }

    /** Returns a positive number if the served switch is the recorded one, a negative one if the newcomer is; 0: unknown. */
    private int right(Contender served, Contender newcomer) {
        return recorded.apply(served.datapathId())
                .map(bridge -> bridge.compare(served.claim(), newcomer.claim()))
                .orElse(0);
    }

    private void ask(DatapathClaims claim, Contender served) {
        if (!claim.asking) {
            claim.asking = true;
            served.prove(PROOF, alive -> proven(served, alive));
        }
    }

    private synchronized void proven(Contender served, boolean alive) {
        DatapathClaims claim = claims.get(served.datapathId());
        if (claim == null || claim.served != served || !claim.asking) {
            return;
        }
        claim.asking = false;
        claim.waiting.removeIf(contender -> !contender.isOpen());
        List<Contender> due = claim.waiting.stream()
                .filter(contender -> refusals.remaining(Rival.of(contender), nanoTime.getAsLong()) == 0)
                .toList();
        if (alive) {
            due.forEach(
                    newcomer -> refuse(claim, served, newcomer, "connects while the connected switch still answers"));
        } else if (!due.isEmpty()) {
            LOG.warnf(
                    "Switch reconnected; its older connection did not answer for %d s and is closed. datapathId=%s address=%s older=%s",
                    PROOF.toSeconds(), served.datapathId(), due.getLast().address(), served.address());
            supersede(claim, served, due.getLast(), "The switch reconnected, and this connection was silent.");
        }
        decide(served.datapathId());
    }

    private void supersede(DatapathClaims claim, Contender served, Contender newcomer, String reason) {
        admit(claim, newcomer);
        served.refuse(reason);
    }

    private void refuse(DatapathClaims claim, Contender served, Contender newcomer, String why) {
        Rival rival = Rival.of(newcomer);
        if (!refusals.hasFailed(rival, nanoTime.getAsLong())) {
            LOG.warnf(
                    "Another switch with this datapath id %s: it is refused until it has another id. Logged once. datapathId=%s address=%s connected=%s",
                    why, served.datapathId(), newcomer.address(), served.address());
        }
        refusals.failed(rival, nanoTime.getAsLong());
        claim.waiting.remove(newcomer);
        claim.disputed = true;
        served.rivalled(newcomer);
        newcomer.refuse("Another switch with this datapath id is connected.");
    }
}
