package io.vlink.events;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka topics, and all that Kafka has to know of them. Those of one {@link Sharding} have equal partition counts,
 * which never change.
 *
 * <p>A topic is public unless it is marked {@link Internal}. To the records of a public one only optional fields are ever added.
 */
public enum Topic {
    /** The public intake: whoever may write here asks for what is to be. One request, one answer. */
    REQUESTS("vlink.requests", "the subject's key, or none", Sharding.OVERLAY, Retention.LOG),
    /** What became of each request: the generation that is recorded, or every reason why not. */
    ANSWERS("vlink.answers", "the subject's key", Sharding.OVERLAY, Retention.LOG),
    /** Recorded nodes: hosts that carry a switch. */
    NODES("vlink.nodes", "overlay/name", Sharding.OVERLAY, Retention.STATE),
    /** Recorded links. A link is one direction between two switch ports. */
    LINKS("vlink.links", "overlay/name", Sharding.OVERLAY, Retention.STATE),
    /** Recorded networks. */
    NETWORKS("vlink.networks", "overlay/namespace/name", Sharding.OVERLAY, Retention.STATE),
    /** Recorded attachments: the claims of workloads to be on a network. */
    ATTACHMENTS("vlink.attachments", "overlay/namespace/network/id", Sharding.OVERLAY, Retention.STATE),
    /** Whether each link is up, as the switch at its receiving end shows. */
    LINK_STATES("vlink.link-states", "overlay/name", Sharding.OVERLAY, Retention.STATE),
    /** What was decided of each network: hops, labels, numbers and reservation of both directions, or why not. */
    PATHS("vlink.paths", "overlay/namespace/name", Sharding.OVERLAY, Retention.STATE, Internal.raisedIn(1)),
    /** Circuits that are gone, and whose labels and numbers rest before others get them. */
    RESTING("vlink.resting", "overlay/circuit number", Sharding.OVERLAY, Retention.STATE, Internal.raisedIn(1)),
    /** What best effort may take of each port that it leaves by over links. */
    LINK_SHARES(
            "vlink.link-shares", "overlay/datapath id/port", Sharding.OVERLAY, Retention.STATE, Internal.raisedIn()),
    /** What each switch made of the rules that are wanted in it; of links under overlay/port/datapath id. */
    RULE_STATES(
            "vlink.rule-states",
            "overlay/namespace/name/datapath id",
            Sharding.OVERLAY,
            Retention.STATE,
            Internal.raisedIn(1)),
    /** What users see of each network: phase and conditions. */
    STATUSES("vlink.statuses", "overlay/namespace/name", Sharding.OVERLAY, Retention.STATE),
    /** Which switches are connected, and why one is not. */
    SWITCHES("vlink.switches", "datapath id", Sharding.DATAPATH, Retention.STATE),
    /** The ports of each switch. */
    PORTS("vlink.ports", "datapath id/port", Sharding.DATAPATH, Retention.STATE),
    /** Everything that is wanted in each switch for each network; for links under datapath id/overlay/port. */
    RULES(
            "vlink.rules",
            "datapath id/overlay/namespace/name",
            Sharding.DATAPATH,
            Retention.STATE,
            Internal.raisedIn(1)),
    /** Counters of rules, as last read from the switch. */
    COUNTERS("vlink.counters", "datapath id/overlay/namespace/name", Sharding.DATAPATH, Retention.STATE),
    /** Dry runs: what would be decided of a network that nobody declared. */
    INQUIRIES("vlink.inquiries", "overlay/namespace/name", Sharding.OVERLAY, Retention.LOG, Internal.raisedIn()),
    /** What would be decided, to each inquiry. */
    FORECASTS("vlink.forecasts", "overlay/namespace/name", Sharding.OVERLAY, Retention.LOG, Internal.raisedIn()),
    /** Which instances of which services are there. All in one partition: who is silent shows by what others wrote since. */
    SERVICES("vlink.services", "service/instance", Sharding.NONE, Retention.STATE),
    /** Which overlays claim which switches. Of several that claim one, the first in the topic has it. */
    CLAIMS("vlink.claims", "datapath id/overlay", Sharding.DATAPATH, Retention.STATE, Internal.raisedIn()),
    /** Records that nobody could accept, with the reason and where they stand. */
    DEAD_LETTERS("vlink.dead-letters", "as received", Sharding.OVERLAY, Retention.LOG);

    /** The largest record that any topic takes, in bytes, as it comes over the wire. */
    public static final int MAX_RECORD_BYTES = 2 * 1024 * 1024;

    /** How long a {@link Retention#LOG} is kept, unless whoever runs Kafka says otherwise. */
    public static final long LOG_MILLIS = 7L * 24 * 60 * 60 * 1000;

    /** How long a segment of {@link #SERVICES} is written to before it is closed, and compacted. */
    public static final long BEATS_MILLIS = 10L * 60 * 1000;

    /**
     * What Vlink's services tell each other only. The shape of such records may change in any way with any version, provided that
     * the number of the shape is raised, and that records of the number before are converted when they are read, and back when
     * they are written for builds of before. The number begins with 1, and grows by one with each shape that readers of the one
     * before could not read. A record has it in the header {@code vlink-schema} where it is above 1.
     *
     * @param raised the generations that raised it, first to last; several topics may change in one
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

    /** What decides a record's partition. */
    public enum Sharding {
        /** The overlay's name: all records of one overlay meet in one partition number. */
        OVERLAY,
        /** The datapath id: all records of one switch meet in one partition number. */
        DATAPATH,
        /** Nothing: all records stand in partition 0, in one order. */
        NONE
    }

    /** What Kafka keeps. */
    public enum Retention {
        /** The last record of each key (compacted): the whole state of that key. */
        STATE,
        /** Every record, for a time. */
        LOG
    }

    private final String topicName;
    private final String key;
    private final Sharding sharding;
    private final Retention retention;

    @SuppressWarnings("ImmutableEnumChecker") // of numbers, in a list that nobody can change
    private final @Nullable Internal internal;

    /** A public one. */
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
     * The newest generation of internal shapes. Each is a set of shapes that came with one build; 0 is that in which all schema
     * numbers are 1. Which one services write is decided for each suite, see docs/decisions/0028.
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

    /** As Kafka knows it. */
    public String topicName() {
        return topicName;
    }

    /** What its records are keyed by, in words. */
    public String key() {
        return key;
    }

    public Sharding sharding() {
        return sharding;
    }

    public Retention retention() {
        return retention;
    }

    /** Whether only Vlink's services may rely on its records. */
    public boolean isInternal() {
        return internal != null;
    }

    /** The number of the newest shape of its records. Of a public topic it is 1 for ever. */
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

    /** Kafka's settings for it, by Kafka's names, in the order in which people want to read them. */
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
            // Only closed segments are compacted, and a beat is worth nothing once the next one stands.
            settings.put("segment.ms", Long.toString(BEATS_MILLIS));
        }
        if (this == REQUESTS) {
            // Else the limit is that of the compressed size, and a few kilobytes may unpack to more than a service has.
            settings.put("compression.type", "uncompressed");
        }
        return settings;
    }

    @Override
    public String toString() {
        return topicName;
    }
}
