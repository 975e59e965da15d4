package io.vlink.events;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka topics and their settings. Topics of one {@link Sharding} have equal partition counts, which never change.
 *
 * <p>A topic is public unless it is marked {@link Internal}. The records of a public topic only ever gain optional
 * fields.
 */
public enum Topic {
    /** The public intake: every client with write access makes its requests here. Each request gets one answer. */
    REQUESTS("vlink.requests", "the subject's key, or none", Sharding.OVERLAY, Retention.LOG),
    /** The outcome of each request: the generation that was recorded, or every reason for the refusal. */
    ANSWERS("vlink.answers", "the subject's key", Sharding.OVERLAY, Retention.LOG),
    /** Recorded nodes: hosts with a switch. */
    NODES("vlink.nodes", "overlay/name", Sharding.OVERLAY, Retention.STATE),
    /** Recorded links. A link is one direction between two switch ports. */
    LINKS("vlink.links", "overlay/name", Sharding.OVERLAY, Retention.STATE),
    /** Recorded networks. */
    NETWORKS("vlink.networks", "overlay/namespace/name", Sharding.OVERLAY, Retention.STATE),
    /** Recorded attachments: the claims of workloads to join a network. */
    ATTACHMENTS("vlink.attachments", "overlay/namespace/network/id", Sharding.OVERLAY, Retention.STATE),
    /** Whether each link is up, as seen by the switch at its receiving end. */
    LINK_STATES("vlink.link-states", "overlay/name", Sharding.OVERLAY, Retention.STATE),
    /**
     * The decision on each network: hops, labels, numbers and reservation of both directions, or the reasons for
     * refusal.
     */
    PATHS("vlink.paths", "overlay/namespace/name", Sharding.OVERLAY, Retention.STATE, Internal.raisedIn(1)),
    /** Removed circuits whose labels and numbers are in quarantine before they are assigned again. */
    RESTING("vlink.resting", "overlay/circuit number", Sharding.OVERLAY, Retention.STATE, Internal.raisedIn(1)),
    /** The capacity left for best effort on each port that sends over links. */
    LINK_SHARES(
            "vlink.link-shares", "overlay/datapath id/port", Sharding.OVERLAY, Retention.STATE, Internal.raisedIn()),
    /** The state of each owner's rules in each switch; of links under overlay/port/datapath id. */
    RULE_STATES(
            "vlink.rule-states",
            "overlay/namespace/name/datapath id",
            Sharding.OVERLAY,
            Retention.STATE,
            Internal.raisedIn(1)),
    /** The status of each network that users see: phase and conditions. */
    STATUSES("vlink.statuses", "overlay/namespace/name", Sharding.OVERLAY, Retention.STATE),
    /** The connected switches, and the reasons why others are not connected. */
    SWITCHES("vlink.switches", "datapath id", Sharding.DATAPATH, Retention.STATE),
    /** The ports of each switch. */
    PORTS("vlink.ports", "datapath id/port", Sharding.DATAPATH, Retention.STATE),
    /** The rules that each network needs in each switch; of links under datapath id/overlay/port. */
    RULES(
            "vlink.rules",
            "datapath id/overlay/namespace/name",
            Sharding.DATAPATH,
            Retention.STATE,
            Internal.raisedIn(1)),
    /** Counters of rules, as last read from the switch. */
    COUNTERS("vlink.counters", "datapath id/overlay/namespace/name", Sharding.DATAPATH, Retention.STATE),
    /** Dry runs: requests for the decision on a network that is not declared. */
    INQUIRIES("vlink.inquiries", "overlay/namespace/name", Sharding.OVERLAY, Retention.LOG, Internal.raisedIn()),
    /** The decision that would be made, as the answer to each dry run. */
    FORECASTS("vlink.forecasts", "overlay/namespace/name", Sharding.OVERLAY, Retention.LOG, Internal.raisedIn()),
    /**
     * The running instances of each service. All are in one partition: a silent instance shows by what others wrote
     * since.
     */
    SERVICES("vlink.services", "service/instance", Sharding.NONE, Retention.STATE),
    /** The overlays that claim each switch. Of several claims, the first in the topic wins. */
    CLAIMS("vlink.claims", "datapath id/overlay", Sharding.DATAPATH, Retention.STATE, Internal.raisedIn()),
    /** Records that no service could accept, with the reason and their origin. */
    DEAD_LETTERS("vlink.dead-letters", "as received", Sharding.OVERLAY, Retention.LOG);

    /** The largest record in bytes, as sent over the wire, that any topic accepts. */
    public static final int MAX_RECORD_BYTES = 2 * 1024 * 1024;

    /** The time for which a {@link Retention#LOG} is kept, unless the Kafka administrator sets another. */
    public static final long LOG_MILLIS = 7L * 24 * 60 * 60 * 1000;

    /** The age in ms at which a segment of {@link #SERVICES} is closed, after which it can be compacted. */
    public static final long BEATS_MILLIS = 10L * 60 * 1000;

    /**
     * Marks a topic that only Vlink's own services read and write. The shape of its records may change in any way with
     * any version. A change raises the schema number. Records of the previous number are converted when they are read,
     * and converted back when they are written for previous builds. The number starts at 1 and grows by one with each
     * shape that readers of the previous one cannot read. Records with a number above 1 have it in the header
     * {@code vlink-schema}.
     *
     * @param raised the generations that raised the number, in ascending order; several topics may change in one
     *     generation
     */
    public record Internal(List<Integer> raised) {
        public Internal {
            raised = List.copyOf(raised);
            for (int i = 0; i < raised.size(); i++) {
                if (raised.get(i) <= (i == 0 ? 0 : raised.get(i - 1))) {
                    throw new IllegalArgumentException("The generations %s must grow from 1 on.".formatted(raised));
                }
            }
        }

        static Internal raisedIn(Integer... generations) {
            return new Internal(List.of(generations));
        }
    }

    /** How the partition of a record is chosen. */
    public enum Sharding {
        /** By the overlay's name: all records of one overlay are in the same partition number. */
        OVERLAY,
        /** By the datapath id: all records of one switch are in the same partition number. */
        DATAPATH,
        /** Not at all: all records are in partition 0, in one order. */
        NONE
    }

    /** What Kafka retains. */
    public enum Retention {
        /** The last record of each key (compacted): the complete state of that key. */
        STATE,
        /** Every record, for a limited time. */
        LOG
    }

    private final String topicName;
    private final String key;
    private final Sharding sharding;
    private final Retention retention;

    @SuppressWarnings("ImmutableEnumChecker") // an immutable list of numbers
    private final @Nullable Internal internal;

    /** A public topic. */
    Topic(String topicName, String key, Sharding sharding, Retention retention) {
        this(topicName, key, sharding, retention, null);
    }

    Topic(String topicName, String key, Sharding sharding, Retention retention, @Nullable Internal internal) {
        this.topicName = topicName;
        this.key = key;
        this.sharding = sharding;
        this.retention = retention;
        this.internal = internal;
    }

    /**
     * Returns the newest generation of internal shapes. A generation is the set of shapes that one build introduced; 0
     * is the set in which all schema numbers are 1. The generation that services write is chosen for each suite, see
     * docs/decisions/0028.
     */
    public static int generation() {
        int newest = 0;
        for (Topic topic : values()) {
            if (topic.internal != null && !topic.internal.raised().isEmpty()) {
                newest = Math.max(newest, topic.internal.raised().getLast());
            }
        }
        return newest;
    }

    /** The name in Kafka. */
    public String topicName() {
        return topicName;
    }

    /** The key of its records, in words. */
    public String key() {
        return key;
    }

    public Sharding sharding() {
        return sharding;
    }

    public Retention retention() {
        return retention;
    }

    /** Whether only Vlink's own services may rely on its records. */
    public boolean isInternal() {
        return internal != null;
    }

    /** The number of the newest shape of its records. Always 1 for a public topic. */
    public int schema() {
        return schemaIn(Integer.MAX_VALUE);
    }

    /** The number of the shape that its records had in a generation. */
    public int schemaIn(int generation) {
        int number = 1;
        if (internal != null) {
            for (int raised : internal.raised()) {
                number += raised <= generation ? 1 : 0;
            }
        }
        return number;
    }

    /** Returns Kafka's settings of the topic, by Kafka's names, in reading order. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        switch (retention) {
            case STATE -> settings.put("cleanup.policy", "compact");
            case LOG -> {
                settings.put("cleanup.policy", "delete");
                settings.put("retention.ms", Long.toString(LOG_MILLIS));
            }
        }
        settings.put("max.message.bytes", Integer.toString(MAX_RECORD_BYTES));
        if (this == SERVICES) {
            // Only closed segments are compacted, and a beat is worthless once the next one is written.
            settings.put("segment.ms", Long.toString(BEATS_MILLIS));
        }
        if (this == REQUESTS) {
            // Otherwise the limit applies to the compressed size, and a few kilobytes may unpack to more than a
            // service's memory.
            settings.put("compression.type", "uncompressed");
        }
        return settings;
    }

    @Override
    public String toString() {
        return topicName;
    }
}
