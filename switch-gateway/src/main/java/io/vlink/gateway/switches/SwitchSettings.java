package io.vlink.gateway.switches;

import java.time.Duration;

/**
 * How switches are treated.
 *
 * @param gateway name of this instance
 * @param pollEvery how often rules and counters are read back
 * @param retryEvery how often rules that a switch refused are sent again
 * @param grace how long a switch that was connected when we became its owner may take to connect here
 */
public record SwitchSettings(String gateway, Duration pollEvery, Duration retryEvery, Duration grace) {}
