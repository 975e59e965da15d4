package io.vlink.events.dryruns;

/**
 * The resources of one link that one network could use. The network's present reservation counts as free.
 *
 * @param link the link's name
 * @param latencyNanos the measured latency where known, otherwise the declared one
 * @param capacityBits bit/s that the link carries; the share kept for best effort is never free
 * @param freeBits bit/s that this network could reserve
 * @param freeLabels labels that are neither in use nor in quarantine
 */
public record ForecastLink(String link, long latencyNanos, long capacityBits, long freeBits, long freeLabels) {}
