package io.vlink.path.path;

import io.vlink.events.SwitchPort;

/**
 * What best effort may take at a port that links begin at.
 *
 * @param capacityBits bit/s that a link there may carry; of several links the least
 * @param reservedBits bit/s that circuits have reserved there
 */
public record Share(SwitchPort port, long capacityBits, long reservedBits) {

    /** What is left for all best effort together, in bit/s; 0 where more is reserved than there is, as capacity may be lowered. */
    public long bestEffortBits() {
        return Math.max(0, capacityBits - reservedBits);
    }
}
