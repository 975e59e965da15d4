package io.vlink.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param terminal whether {@code out} is one
 * @param environment the environment variables
 * @param otherCommands what {@code ./vlink} offers beside these, for completion
 */
record Surroundings(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        boolean terminal,
        Map<String, String> environment,
        String otherCommands,
        Clock clock) {}
