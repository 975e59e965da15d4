package io.vlink.gateway.switches.control;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Limits the number of known switches that no node declares, connected or not. So a client that completes handshakes
 * under one datapath id after another fills neither memory nor topics. Each partition has its share of the limit, so it
 * does not depend on the number of gateways. Declared switches are not counted. Thread-safe.
 */
public final class Strangers {

    /** How long a disconnected one is kept, even if there is no room for others. */
    static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** The time without another case after which the log reports the limit again. */
    private static final Duration QUIET = Duration.ofMinutes(10);

    private static final int PORTS_EACH = 100;

    private final int most;
    private final int share;
    private @Nullable Instant lastRefused;
    private @Nullable Instant lastDropped;

    /**
     * Creates an instance that has refused nothing yet.
     *
     * @param most the limit for all partitions together, at least 1
     * @param partitions the number of partitions
     */
    public Strangers(int most, int partitions) {
        if (most < 1) {
            throw new IllegalArgumentException(
                    "The vlink.gateway.undeclared-switches (%d) must be at least 1.".formatted(most));
        }
        this.most = most;
        this.share = Math.ceilDiv(most, partitions);
    }

    /** Returns the limit for one partition. */
    int share() {
        return share;
    }

    /** Returns the limit for the ports of all such switches in one partition. */
    int ports() {
        return Math.multiplyExact(share, PORTS_EACH);
    }

    /** Notes that one is refused. Returns the log message; null if it was logged recently. */
    synchronized @Nullable String refused(Instant now) {
        boolean news = isNews(lastRefused, now);
        lastRefused = now;
        return news
                ? "is refused, as are others that no node declares: the limit of its partition is reached (vlink.gateway.undeclared-switches is %d). Declare its node, or delete the records of disconnected switches; logged once"
                        .formatted(most)
                : null;
    }

    /** Notes that one is dropped to make room. Returns the log message; null if it was logged recently. */
    synchronized @Nullable String dropped(Instant disconnectedSince, Instant now) {
        boolean news = isNews(lastDropped, now);
        lastDropped = now;
        return news
                ? "is forgotten to make room for others: it has been disconnected since %s and no node declares it (vlink.gateway.undeclared-switches is %d). The same happens to others; logged once"
                        .formatted(disconnectedSince, most)
                : null;
    }

    private static boolean isNews(@Nullable Instant last, Instant now) {
        return last == null || last.plus(QUIET).isBefore(now);
    }
}
