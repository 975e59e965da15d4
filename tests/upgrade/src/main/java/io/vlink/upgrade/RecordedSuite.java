package io.vlink.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.schema.UnreadableEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * The recorded state of a suite of an earlier build, with its gateway stopped during edits and removals.
 *
 * @param at time of the recording
 * @param partitions number of partitions of each topic
 * @param ends end offset of each topic
 * @param entries records of state topics, in order within each topic: the last of each key, and all of a few networks
 * @param switches tables of each switch at that time
 */
public record RecordedSuite(
        Instant at,
        int partitions,
        Map<Topic, Long> ends,
        Map<Topic, List<Entry>> entries,
        Map<DatapathId, SwitchTables> switches) {

    /** The oldest build with records that every build must read. */
    public static final String OLDEST = "668eddb";

    /** Schema number of all recorded entries: records of that build contain none. */
    private static final int SCHEMA = 1;

    /**
     * The tables of one switch, entry by entry as raw bytes, with all counters at zero.
     *
     * @param rules bodies of flow statistics (OpenFlow 1.4.1 §7.3.5.2)
     * @param meters bodies of meter configurations (§7.3.5.15)
     */
    public record SwitchTables(List<byte[]> rules, List<byte[]> meters) {}

    /** Reads the recording of a build. */
    public static RecordedSuite of(String build) {
        Instant[] at = {Instant.EPOCH};
        int[] partitions = {1};
        Map<Topic, Long> ends = new EnumMap<>(Topic.class);
        Map<Topic, List<Entry>> entries = new EnumMap<>(Topic.class);
        ObjectMapper json = new ObjectMapper();
        lines(build, "topics.jsonl.gz", line -> {
            JsonNode read = tree(json, line);
            if (read.has("ends")) {
                at[0] = Instant.ofEpochMilli(read.get("recordedAt").asLong());
                partitions[0] = read.get("partitions").asInt();
                read.get("ends")
                        .properties()
                        .forEach(end ->
                                ends.put(topic(end.getKey()), end.getValue().asLong()));
            } else {
                Entry entry = entry(read);
                entries.computeIfAbsent(entry.topic(), topic -> new ArrayList<>())
                        .add(entry);
            }
        });
        return new RecordedSuite(at[0], partitions[0], ends, entries, switches(build));
    }

    /** Returns the records of the given topics, one topic after the other. */
    public List<Entry> of(Set<Topic> topics) {
        return topics.stream()
                .flatMap(topic -> entries.getOrDefault(topic, List.of()).stream())
                .toList();
    }

    /**
     * Returns the last value of each key of a topic, as read by this build; without tombstones.
     *
     * @throws UnreadableEvent if this build cannot read a record
     */
    public <K, V> Map<String, V> state(TypedTopic<K, V> topic) throws UnreadableEvent {
        Map<String, V> state = new LinkedHashMap<>();
        for (Entry entry : of(Set.of(topic.topic()))) {
            String key = Objects.requireNonNull(entry.key());
            if (entry.value() == null) {
                state.remove(key);
            } else {
                state.put(key, EventJson.read(entry, topic.type()));
            }
        }
        return state;
    }

    private static Entry entry(JsonNode read) {
        JsonNode value = read.get("value");
        return new Entry(
                topic(read.get("topic").asText()),
                read.get("partition").asInt(),
                read.get("offset").asLong(),
                Instant.ofEpochMilli(read.get("timestamp").asLong()),
                read.get("key").asText(),
                value.isNull() ? null : value.asText().getBytes(StandardCharsets.UTF_8),
                null,
                SCHEMA);
    }

    private static Topic topic(String name) {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.topicName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The topic %s no longer exists.".formatted(name)));
    }

    private static Map<DatapathId, SwitchTables> switches(String build) {
        Map<DatapathId, SwitchTables> switches = new LinkedHashMap<>();
        SwitchTables[] current = {new SwitchTables(List.of(), List.of())};
        lines(build, "switches.txt.gz", line -> {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "switch" -> {
                    current[0] = new SwitchTables(new ArrayList<>(), new ArrayList<>());
                    switches.put(DatapathId.of(words[1]), current[0]);
                }
                case "rule" -> current[0].rules().add(HexFormat.of().parseHex(words[1]));
                case "meter" -> current[0].meters().add(HexFormat.of().parseHex(words[1]));
                default -> throw new IllegalArgumentException("Unknown line type: %s.".formatted(words[0]));
            }
        });
        return switches;
    }

    private static void lines(String build, String file, Consumer<String> each) {
        try (InputStream packed = RecordedSuite.class.getResourceAsStream(build + "/" + file)) {
            if (packed == null) {
                throw new IllegalArgumentException("There is no recording of %s (%s).".formatted(build, file));
            }
            new BufferedReader(new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8))
                    .lines()
                    .forEach(each);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tree(ObjectMapper json, String line) {
        try {
            return json.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
