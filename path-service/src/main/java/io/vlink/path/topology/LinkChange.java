package io.vlink.path.topology;

/**
 * What a report about a link changed.
 *
 * @param outage it went up or down, or is down for another reason
 * @param latency the smallest measured latency is another
 */
public record LinkChange(boolean outage, boolean latency) {

    static final LinkChange NOTHING = new LinkChange(false, false);
}
