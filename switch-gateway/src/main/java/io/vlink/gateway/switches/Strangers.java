package io.vlink.gateway.switches;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many switches that nobody declared are known at most, connected or not, so that who only shakes hands under one datapath
 * id after the other fills neither memory nor topics. Each partition has its share of them: so it stays one limit however many
 * gateways there are. Declared ones are never counted. Thread-safe.
 */
public final class Strangers {

    /** For how long one is remembered that is gone, also where there is no room for others. */
    static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** After how long without another one it is said again that there are too many. */
    private static final Duration QUIET = Duration.ofMinutes(10);

    private static final int PORTS_EACH = 100;

    private final int most;
    private final int share;
    private @Nullable Instant lastRefused;
    private @Nullable Instant lastForgotten;

    /**
     * Makes one that has refused nobody yet.
     *
     * @param most how many there may be in all partitions together, at least 1
     * @param partitions how many partitions there are
     */
    public Strangers(int most, int partitions) {
        if (most < 1) {
            throw new IllegalArgumentException(
                    "The vlink.gateway.undeclared-switches (%d) must be at least 1.".formatted(most));
        }
        this.most = most;
        this.share = Math.ceilDiv(most, partitions);
    }

    /** How many of one partition there may be. */
    int share() {
        return share;
    }

    /** How many ports those of one partition may have together. */
    int ports() {
        return Math.multiplyExact(share, PORTS_EACH);
    }

    /** One is refused; returns what is to be said of it, null: that was said not long ago. */
    synchronized @Nullable String refused(Instant now) {
        boolean news = isNews(lastRefused, now);
        lastRefused = now;
        return news
                ? "is refused, and so are others that no node declares: so many are known (vlink.gateway.undeclared-switches is %d) that there is no room in its partition. Declare its node, or have those forgotten that are gone; said once"
                        .formatted(most)
                : null;
    }

    /** One is forgotten to make room; returns what is to be said of it, null: that was said not long ago. */
    synchronized @Nullable String forgotten(Instant gone, Instant now) {
        boolean news = isNews(lastForgotten, now);
        lastForgotten = now;
        return news
                ? "is forgotten, as it is gone since %s, no node declares it, and others need its room (vlink.gateway.undeclared-switches is %d); so will others be; said once"
                        .formatted(gone, most)
                : null;
    }

    private static boolean isNews(@Nullable Instant last, Instant now) {
        return last == null || last.plus(QUIET).isBefore(now);
    }
}
