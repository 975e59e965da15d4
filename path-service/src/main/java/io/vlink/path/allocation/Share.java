package io.vlink.path.allocation;

import io.vlink.events.SwitchPort;

/**
 * The bandwidth that best effort may use at a port where links begin.
 *
 * @param capacityBits capacity of the link there in bit/s; of several links the smallest
 * @param reservedBits bandwidth that circuits have reserved there, in bit/s
 */
public record Share(SwitchPort port, long capacityBits, long reservedBits) {

    /** Returns the bandwidth left for all best effort together, in bit/s; 0 if more is reserved than a lowered capacity allows. */
    public long bestEffortBits() {
        return Math.max(0, capacityBits - reservedBits);
    }
}
