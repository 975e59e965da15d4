package io.vlink.events.inquiries;

/**
 * What one link has to give to one network; what that network has on it already counts as free.
 *
 * @param link the link's name
 * @param latencyNanos measured where known, else declared
 * @param capacityBits bit/s that the link carries; what of these is kept for best effort is never free
 * @param freeBits bit/s that this network could reserve
 * @param freeLabels labels that nobody has and that have rested
 */
public record ForecastLink(String link, long latencyNanos, long capacityBits, long freeBits, long freeLabels) {}
