package io.vlink.gateway.switches;

import io.vlink.events.PortNumber;

/** A port as its switch describes it. */
public record ObservedPort(PortNumber number, String name, String hardwareAddress, boolean up, long speedKbps) {}
