package io.vlink.events.paths;

import java.time.Instant;

/**
 * A circuit on its way out. What it holds is not given to others before its rules are confirmed gone.
 *
 * @param since when it began to retire
 * @param quarantined its deadline passed without confirmation: the network no longer waits for it, but what it holds
 *     stays taken until the switches were cleaned
 */
public record Retiring(Circuit circuit, Instant since, boolean quarantined) {}
