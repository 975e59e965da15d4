package io.vlink.tests.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** kcat, an independent Kafka client (librdkafka), as a user of the events might use it. */
public final class Kcat {

    private static final Pattern DELIVERED =
            Pattern.compile("Message delivered to partition (\\d+) \\(offset (\\d+)\\)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String bootstrapServers;

    public Kcat(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** The place of a record. */
    public record Place(int partition, long offset) {}

    /**
     * A record as printed by kcat.
     *
     * @param payload null: a tombstone
     */
    public record Printed(
            String topic,
            int partition,
            long offset,
            @Nullable String key,
            @Nullable String payload) {

        /** Returns the payload as JSON. */
        public JsonNode json() {
            try {
                return payload == null ? JSON.missingNode() : JSON.readTree(payload);
            } catch (JsonProcessingException e) {
                throw new AssertionError("No JSON: " + payload, e);
            }
        }
    }

    /** Produces one record of any size; {@code more} are further arguments of kcat. */
    public Place produce(String topic, int partition, byte[] value, String... more) {
        Command.Result result = tryProduce(topic, partition, value, more);
        Matcher delivered = DELIVERED.matcher(result.output());
        if (result.exitCode() != 0 || !delivered.find()) {
            throw new AssertionError("kcat exited with %d:%n%s".formatted(result.exitCode(), result.output()));
        }
        return new Place(Integer.parseInt(delivered.group(1)), Long.parseLong(delivered.group(2)));
    }

    public Place produce(String topic, int partition, String value, String... more) {
        return produce(topic, partition, value.getBytes(StandardCharsets.UTF_8), more);
    }

    /** Tries to produce one record; it may fail. */
    public Command.Result tryProduce(String topic, int partition, byte[] value, String... more) {
        return withFile(
                value,
                file -> kcat(
                        List.of("-P", "-t", topic, "-p", Integer.toString(partition), "-vvv"),
                        List.of(more),
                        file.toString()));
    }

    /** Produces a record without a value; {@code key} may be null too. */
    public Place tombstone(String topic, int partition, @Nullable String key) {
        String line = key == null ? ":" : key + ":";
        return withFile((line + "\n").getBytes(StandardCharsets.UTF_8), file -> {
            Command.Result result = kcat(
                    List.of("-P", "-t", topic, "-p", Integer.toString(partition), "-vvv", "-Z", "-K", ":"),
                    List.of("-l"),
                    file.toString());
            Matcher delivered = DELIVERED.matcher(result.output());
            if (!delivered.find()) {
                throw new AssertionError("kcat exited with %d:%n%s".formatted(result.exitCode(), result.output()));
            }
            return new Place(Integer.parseInt(delivered.group(1)), Long.parseLong(delivered.group(2)));
        });
    }

    /** Returns all records of a topic. */
    public List<Printed> read(String topic) {
        return read(List.of("-t", topic, "-o", "beginning", "-e"));
    }

    private List<Printed> read(List<String> where) {
        String output = Command.run(
                Map.of(),
                Stream.of(List.of("kcat", "-b", bootstrapServers, "-C", "-q", "-J"), where)
                        .flatMap(List::stream)
                        .toList());
        List<Printed> records = new ArrayList<>();
        output.lines().filter(line -> line.startsWith("{")).forEach(line -> records.add(printed(line)));
        return records;
    }

    /** Waits for the first record of a topic that matches. */
    public Printed await(String topic, String what, Predicate<Printed> wanted) {
        return Awaitility.await(what)
                .atMost(Duration.ofSeconds(60))
                .until(() -> read(topic).stream().filter(wanted).toList(), found -> !found.isEmpty())
                .getFirst();
    }

    private static Printed printed(String line) {
        try {
            JsonNode record = JSON.readTree(line);
            return new Printed(
                    record.path("topic").asText(),
                    record.path("partition").asInt(),
                    record.path("offset").asLong(),
                    record.path("key").isTextual() ? record.path("key").asText() : null,
                    record.path("payload").isTextual() ? record.path("payload").asText() : null);
        } catch (JsonProcessingException e) {
            throw new AssertionError("kcat printed invalid JSON: " + line, e);
        }
    }

    private Command.Result kcat(List<String> words, List<String> more, String file) {
        return Command.tryRun(
                Map.of(),
                Stream.of(List.of("kcat", "-b", bootstrapServers), words, more, List.of(file))
                        .flatMap(List::stream)
                        .toList());
    }

    private interface Use<T> {
        T of(Path file);
    }

    private static <T> T withFile(byte[] content, Use<T> use) {
        try {
            Path file = Files.createTempFile("kcat", ".record");
            try {
                Files.write(file, content);
                return use.of(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
