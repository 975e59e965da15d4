package io.vlink.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;

/**
 * The environment of a command.
 *
 * @param terminal whether {@code out} is a terminal
 * @param columns the width of the terminal; 0 if it is unknown or {@code out} is none
 * @param environment the environment variables
 * @param otherCommands other commands of {@code ./vlink}, for completion
 */
record Surroundings(
        InputStream in,
        Output out,
        PrintWriter err,
        boolean terminal,
        int columns,
        Map<String, String> environment,
        String otherCommands,
        Clock clock) {}
