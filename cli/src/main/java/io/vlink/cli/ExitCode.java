package io.vlink.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a command ends, for scripts. */
enum ExitCode {
    DONE(0, "done"),
    REFUSED(1, "refused, or failed"),
    USAGE(2, "wrong usage, or a file that cannot be read"),
    UNREACHABLE(3, "network-api cannot be reached"),
    NOT_FOUND(4, "there is no such thing"),
    LATE(5, "not done within the time given by --wait");

    private final int number;
    private final String words;

    ExitCode(int number, String words) {
        this.number = number;
        this.words = words;
    }

    int number() {
        return number;
    }

    /** What each means, for the help. */
    static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            all.put(Integer.toString(code.number), code.words);
        }
        return all;
    }

    /** Of several results the one that weighs more: refused, then late, then not found. */
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
