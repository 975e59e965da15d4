package io.vlink.gateway.switches;

import io.vlink.events.rules.Group;

/** Which buckets of a group frames take, as a switch has it. */
public enum GroupType {
    ALL("all"),
    FAST_FAILOVER("ff"),
    /** What Vlink never writes. */
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

    /** As {@code ovs-ofctl} calls it. */
    String word() {
        return word;
    }
}
