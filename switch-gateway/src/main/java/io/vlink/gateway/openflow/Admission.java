package io.vlink.gateway.openflow;

import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.RecordedBridge;
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
 * Which connection of those that claim one datapath id is served: one at a time. The one that is served stays as long as it
 * answers an echo; where the recorded OVSDB tells which is the right switch, that one is served. A refused one waits
 * longer before each further attempt is looked at. Thread-safe.
 */
final class Admission {

    static final Duration PROOF = Duration.ofSeconds(2);

    /** How long a host that was refused leaves the place of one that is gone to that one's own return. */
    static final Duration RESERVED = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(Admission.class);
    private static final int MAX_WAITING = 4;

    private final Function<DatapathId, Optional<RecordedBridge>> recorded;
    private final Function<DatapathId, Optional<String>> elsewhere;
    private final LongSupplier nanoTime;
    private final Map<DatapathId, Claim> claims = new HashMap<>();
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
    private static final class Claim {
        private @Nullable Contender served;
        private final List<Contender> waiting = new ArrayList<>();
        private boolean asking;
        private boolean timed;
        private boolean disputed;
        /** Where the one that was served last came from, while its place is kept for it. */
        private @Nullable String reservedFor;

        private long reservedUntil;
    }

    /**
     * Makes one that has admitted nobody yet.
     *
     * @param recorded what the recorded OVSDB says of a switch now
     * @param elsewhere from which host a switch is connected to another gateway, which owns it
     * @param nanoTime a monotonic clock
     */
    Admission(
            Function<DatapathId, Optional<RecordedBridge>> recorded,
            Function<DatapathId, Optional<String>> elsewhere,
            LongSupplier nanoTime) {
        this.recorded = recorded;
        this.elsewhere = elsewhere;
        this.nanoTime = nanoTime;
    }

    /** The handshake of a connection is done: it is served at once, later, or never. */
    synchronized void arrived(Contender newcomer) {
        Claim claim = claims.computeIfAbsent(newcomer.datapathId(), id -> new Claim());
        if (claim.served != null && refusals.hasFailed(Rival.of(newcomer), nanoTime.getAsLong())) {
            claim.served.rivalled(newcomer);
        }
        if (claim.waiting.size() >= MAX_WAITING) {
            newcomer.refuse("Several connections with this datapath id wait already.");
            return;
        }
        claim.waiting.add(newcomer);
        decide(newcomer.datapathId());
    }

    /** A connection is closed. */
    synchronized void left(Contender gone) {
        Claim claim = claims.get(gone.datapathId());
        if (claim == null) {
            return;
        }
        claim.waiting.remove(gone);
        if (claim.served == gone) {
            claim.served = null;
            claim.asking = false;
            if (claim.disputed) {
                claim.reservedFor = gone.claim().host();
                claim.reservedUntil = nanoTime.getAsLong() + RESERVED.toNanos();
                again(claim, gone, RESERVED.toNanos());
            }
        }
        decide(gone.datapathId());
    }

    /** The switch does not do what it is asked; returns for how long it is not served again, in ns. */
    synchronized long hung(DatapathId id) {
        return hung.failed(id, nanoTime.getAsLong());
    }

    private synchronized void decide(DatapathId id) {
        Claim claim = claims.get(id);
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

    private void again(Claim claim, Contender contender, long wait) {
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

    /** Nobody is served: the last that came is, unless it has to wait. */
    private void fill(Claim claim) {
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

    private long reserved(Claim claim, Contender contender) {
        boolean reserved = claim.reservedFor != null
                && !claim.reservedFor.equals(contender.claim().host())
                && refusals.hasFailed(Rival.of(contender), nanoTime.getAsLong());
        return reserved ? Math.max(0, claim.reservedUntil - nanoTime.getAsLong()) : 0;
    }

    private void admit(Claim claim, Contender contender) {
        claim.waiting.remove(contender);
        claim.served = contender;
        claim.asking = false;
        claim.reservedFor = null;
        contender.begin();
    }

    private void contest(Claim claim, Contender served) {
        long soonest = Long.MAX_VALUE;
        for (Contender newcomer : List.copyOf(claim.waiting)) {
            int right = right(served, newcomer);
            long wait = refusals.remaining(Rival.of(newcomer), nanoTime.getAsLong());
            if (right < 0) {
                replace(claim, served, newcomer, "The switch whose OVSDB is recorded for the node");
                return;
            } else if (right == 0 && isAtItsOwner(newcomer) && !isAtItsOwner(served)) {
                replace(claim, served, newcomer, "The switch that is connected to the gateway which owns it");
                return;
            } else if (wait > 0) {
                soonest = Math.min(soonest, wait);
            } else if (right > 0) {
                refuse(claim, served, newcomer, "is not the one whose OVSDB is recorded for the node");
            } else {
                ask(claim, served);
            }
        }
        if (soonest < Long.MAX_VALUE) {
            again(claim, served, soonest);
        }
    }

    /** Whether it comes from where the owner's connection comes from; otherwise nothing is known. */
    private boolean isAtItsOwner(Contender contender) {
        return elsewhere
                .apply(contender.datapathId())
                .filter(contender.claim().host()::equals)
                .isPresent();
    }

    private void replace(Claim claim, Contender served, Contender newcomer, String who) {
        LOG.warnf(
                "%s takes the place of another one with its datapath id. datapathId=%s address=%s other=%s",
                who, served.datapathId(), newcomer.address(), served.address());
        supersede(claim, served, newcomer, who + " connected with the same datapath id.");
        newcomer.rivalled(served);
        decide(served.datapathId());
    }

    /** Positive: the one that is served is the recorded switch; negative: the newcomer is; 0: nobody knows. */
    private int right(Contender served, Contender newcomer) {
        return recorded.apply(served.datapathId())
                .map(bridge -> bridge.compare(served.claim(), newcomer.claim()))
                .orElse(0);
    }

    private void ask(Claim claim, Contender served) {
        if (!claim.asking) {
            claim.asking = true;
            served.prove(PROOF, alive -> proven(served, alive));
        }
    }

    private synchronized void proven(Contender served, boolean alive) {
        Claim claim = claims.get(served.datapathId());
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
                    newcomer -> refuse(claim, served, newcomer, "connects while the switch that is connected answers"));
        } else if (!due.isEmpty()) {
            LOG.warnf(
                    "Switch connected again; its older connection did not answer for %d ms and is closed. datapathId=%s address=%s older=%s",
                    PROOF.toMillis(), served.datapathId(), due.getLast().address(), served.address());
            supersede(claim, served, due.getLast(), "The switch connected again, and this connection was silent.");
        }
        decide(served.datapathId());
    }

    private void supersede(Claim claim, Contender served, Contender newcomer, String reason) {
        admit(claim, newcomer);
        served.refuse(reason);
    }

    private void refuse(Claim claim, Contender served, Contender newcomer, String why) {
        Rival rival = Rival.of(newcomer);
        if (!refusals.hasFailed(rival, nanoTime.getAsLong())) {
            LOG.warnf(
                    "Another switch with this datapath id %s: it is refused, and so it is each time until it has another id; said once. datapathId=%s address=%s connected=%s",
                    why, served.datapathId(), newcomer.address(), served.address());
        }
        refusals.failed(rival, nanoTime.getAsLong());
        claim.waiting.remove(newcomer);
        claim.disputed = true;
        served.rivalled(newcomer);
        newcomer.refuse("Another switch with this datapath id is connected.");
    }
}
