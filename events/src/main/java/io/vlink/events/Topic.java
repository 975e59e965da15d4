package io.vlink.events;

/** The Kafka topics. Those of one {@link Sharding} have equal partition counts, which never change. */
public enum Topic {
    REQUESTS("vlink.requests", Sharding.OVERLAY, Retention.LOG),
    ANSWERS("vlink.answers", Sharding.OVERLAY, Retention.LOG),
    NODES("vlink.nodes", Sharding.OVERLAY, Retention.STATE),
    LINKS("vlink.links", Sharding.OVERLAY, Retention.STATE),
    NETWORKS("vlink.networks", Sharding.OVERLAY, Retention.STATE),
    ATTACHMENTS("vlink.attachments", Sharding.OVERLAY, Retention.STATE),
    LINK_STATES("vlink.link-states", Sharding.OVERLAY, Retention.STATE),
    PATHS("vlink.paths", Sharding.OVERLAY, Retention.STATE),
    RESTING("vlink.resting", Sharding.OVERLAY, Retention.STATE),
    RULE_STATES("vlink.rule-states", Sharding.OVERLAY, Retention.STATE),
    STATUSES("vlink.statuses", Sharding.OVERLAY, Retention.STATE),
    SWITCHES("vlink.switches", Sharding.DATAPATH, Retention.STATE),
    PORTS("vlink.ports", Sharding.DATAPATH, Retention.STATE),
    RULES("vlink.rules", Sharding.DATAPATH, Retention.STATE),
    COUNTERS("vlink.counters", Sharding.DATAPATH, Retention.STATE),
    INQUIRIES("vlink.inquiries", Sharding.OVERLAY, Retention.LOG),
    FORECASTS("vlink.forecasts", Sharding.OVERLAY, Retention.LOG),
    DEAD_LETTERS("vlink.dead-letters", Sharding.OVERLAY, Retention.LOG);

    /** What decides a record's partition. */
    public enum Sharding {
        /** The overlay's name: all records of one overlay meet in one partition number. */
        OVERLAY,
        /** The datapath id: all records of one switch meet in one partition number. */
        DATAPATH
    }

    /** What Kafka keeps. */
    public enum Retention {
        /** The last record of each key (compacted): the whole state of that key. */
        STATE,
        /** Every record, for a time. */
        LOG
    }

    private final String topicName;
    private final Sharding sharding;
    private final Retention retention;

    Topic(String topicName, Sharding sharding, Retention retention) {
        this.topicName = topicName;
        this.sharding = sharding;
        this.retention = retention;
    }

    /** As Kafka knows it. */
    public String topicName() {
        return topicName;
    }

    public Sharding sharding() {
        return sharding;
    }

    public Retention retention() {
        return retention;
    }

    @Override
    public String toString() {
        return topicName;
    }
}
