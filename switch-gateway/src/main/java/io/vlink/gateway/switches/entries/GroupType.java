package io.vlink.gateway.switches.entries;

import io.vlink.events.rules.Group;

/** The type of a group in a switch: it decides which buckets frames take. */
public enum GroupType {
    ALL("all"),
    FAST_FAILOVER("ff"),
    /** Any type that Vlink never writes. */
    OTHER("other");

    private final String word;

    GroupType(String word) {
        this.word = word;
    }

    static GroupType of(Group.Kind kind) {
        return switch (kind) {
            case ALL -> ALL;
            case FAST_FAILOVER -> FAST_FAILOVER;
        };
    }

    /** Returns the name that {@code ovs-ofctl} uses. */
    String word() {
        return word;
    }
}
