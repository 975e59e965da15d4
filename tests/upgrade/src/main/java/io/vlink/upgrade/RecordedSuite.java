package io.vlink.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.UnreadableEvent;
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
 * A suite as an earlier build left it, with its gateway stopped in the middle of some edits and removals.
 *
 * @param at when it was recorded
 * @param partitions of each topic
 * @param ends where each topic ended
 * @param entries records of topics of state, in their order in each topic: the last of each key, and all of a few networks
 * @param switches what each switch held then
 */
public record RecordedSuite(
        Instant at,
        int partitions,
        Map<Topic, Long> ends,
        Map<Topic, List<Entry>> entries,
        Map<DatapathId, SwitchTables> switches) {

    /** The oldest build whose records every build has to read. */
    public static final String OLDEST = "668eddb";

    /** Of all that was recorded: that build's records bear no schema number. */
    private static final int SCHEMA = 1;

    /**
     * What one switch held, entry by entry in its own bytes, with all counters at zero.
     *
     * @param rules bodies of flow statistics (OpenFlow 1.4.1 §7.3.5.2)
     * @param meters bodies of meter configurations (§7.3.5.15)
     */
    public record SwitchTables(List<byte[]> rules, List<byte[]> meters) {}

    /** Reads what was recorded of a build. */
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

    /** The records of some topics, one topic after the other. */
    public List<Entry> of(Set<Topic> topics) {
        return topics.stream()
                .flatMap(topic -> entries.getOrDefault(topic, List.of()).stream())
                .toList();
    }

    /**
     * What each key of a topic stands for in the end, as this build reads it; tombstones are left out.
     *
     * @throws UnreadableEvent if this build cannot
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
                .orElseThrow(() -> new IllegalArgumentException("There is no topic %s any more.".formatted(name)));
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
                default -> throw new IllegalArgumentException("A line begins with %s.".formatted(words[0]));
            }
        });
        return switches;
    }

    private static void lines(String build, String file, Consumer<String> each) {
        try (InputStream packed = RecordedSuite.class.getResourceAsStream(build + "/" + file)) {
            if (packed == null) {
                throw new IllegalArgumentException("Nothing was recorded of %s (%s).".formatted(build, file));
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
