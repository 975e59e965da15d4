package io.vlink.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes of commands. */
enum ExitCode {
    DONE(0, "done"),
    REFUSED(1, "refused or failed"),
    USAGE(2, "wrong usage, or unreadable file"),
    UNREACHABLE(3, "network-api cannot be reached"),
    NOT_FOUND(4, "not found"),
    LATE(5, "not finished within the time of --wait or --timeout");

    private final int number;
    private final String words;

    ExitCode(int number, String words) {
        this.number = number;
        this.words = words;
    }

    int number() {
        return number;
    }

    /** Returns all exit codes with their meaning, for the help. */
    static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            all.put(Integer.toString(code.number), code.words);
        }
        return all;
    }

    /** Returns the more serious of two results: refused, then late, then not found. */
    ExitCode and(ExitCode other) {
        return weight() >= other.weight() ? this : other;
    }

    private int weight() {
        return switch (this) {
            case DONE -> 0;
            case NOT_FOUND -> 1;
            case LATE -> 2;
            case REFUSED -> 3;
            case UNREACHABLE -> 4;
            case USAGE -> 5;
        };
    }
}
