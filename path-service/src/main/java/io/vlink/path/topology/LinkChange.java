package io.vlink.path.topology;

/**
 * The changes that a report about a link made.
 *
 * @param outage whether the link went up or down, or is down for another reason
 * @param latency whether the smallest measured latency changed
 */
public record LinkChange(boolean outage, boolean latency) {

    static final LinkChange NOTHING = new LinkChange(false, false);
}
