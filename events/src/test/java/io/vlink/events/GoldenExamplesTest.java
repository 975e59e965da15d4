package io.vlink.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vlink.events.contract.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each event has a golden example, which also documents it, and survives conversion from and to JSON. */
class GoldenExamplesTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    static Stream<Arguments> examples() {
        return events().flatMap(event -> Contract.examples(event).stream().map(golden -> Arguments.of(event, golden)));
    }

    static Stream<Class<?>> events() {
        return Stream.of(Topic.values()).flatMap(topic -> Contract.eventsOf(topic).stream());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readsAndWritesItsGoldenExampleUnchanged(Class<?> event, JsonNode golden) throws IOException {
        // When
        Object read = JSON.treeToValue(golden, wireType(event));

        // Then
        assertThat(read).isInstanceOf(event);
        JsonNode written = JSON.readTree(JSON.writeValueAsString(read));
        assertThat(written).isEqualTo(golden);
    }

    @ParameterizedTest
    @MethodSource("events")
    void hasEveryFieldInItsExamples(Class<?> event) {
        List<JsonNode> golden = Contract.examples(event);

        assertThat(Contract.fieldsOf(event)).allSatisfy(name -> assertThat(golden)
                .as("%s.json has %s", Contract.nameOf(event), name)
                .anyMatch(example -> example.has(name)));
    }

    @Test
    void hasNoExampleOfARemovedEvent() throws IOException {
        Path examples = Path.of("src/main/resources/io/vlink/events/examples");

        try (Stream<Path> files = Files.list(examples)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceFirst("(-[a-z]+)?\\.json$", ""))
                            .distinct())
                    .containsExactlyInAnyOrderElementsOf(
                            events().map(Contract::nameOf).toList());
        }
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void parsesTheKeyOfEachRecord(Topic topic) throws Exception {
        // Given
        TypedTopic<?, ?> typed = Contract.typed(topic);
        for (Class<?> event : Contract.eventsOf(topic)) {
            for (JsonNode golden : Contract.examples(event)) {
                Object read = JSON.treeToValue(golden, wireType(event));
                Object key = keyOf(typed, read);
                if (key != null) {
                    // Then
                    assertThat(typed.parse().apply(text(read, key))).isEqualTo(key);
                }
            }
        }
    }

    /** Returns the text of a key. Records print keys that differ from their text themselves. */
    private static String text(Object record, Object key) throws ReflectiveOperationException {
        return Stream.of(record.getClass().getMethods())
                        .anyMatch(method -> method.getName().equals("key"))
                ? String.valueOf(record.getClass().getMethod("key").invoke(record))
                : key.toString();
    }

    private static <V> @Nullable Object keyOf(TypedTopic<?, V> topic, Object record) {
        return topic.keyOf() == null ? null : topic.keyOf().apply(topic.type().cast(record));
    }

    /** Returns the type that readers use: the sealed interface where a topic carries several records. */
    private static Class<?> wireType(Class<?> event) {
        return Stream.of(Topic.values())
                .<Class<?>>map(topic -> Contract.typed(topic).type())
                .filter(type -> type.isAssignableFrom(event))
                .findFirst()
                .orElse(event);
    }
}
