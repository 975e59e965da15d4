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
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each event has one golden example, which is also its documentation, and goes through JSON unharmed. */
class GoldenExamplesTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    static Stream<Class<?>> events() {
        return Stream.of(Topic.values()).flatMap(topic -> Contract.eventsOf(topic).stream());
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsAndWritesItsGoldenExampleUnchanged(Class<?> event) throws IOException {
        // Given
        JsonNode golden = golden(event);

        // When
        Object read = JSON.treeToValue(golden, wireType(event));

        // Then
        assertThat(read).isInstanceOf(event);
        JsonNode written = JSON.readTree(JSON.writeValueAsString(read));
        assertThat(written).isEqualTo(golden);
    }

    @ParameterizedTest
    @MethodSource("events")
    void showsEveryFieldInItsExample(Class<?> event) throws IOException {
        JsonNode golden = golden(event);

        assertThat(Stream.of(event.getRecordComponents()).map(component -> component.getName()))
                .allSatisfy(name -> assertThat(golden.has(name))
                        .as("%s.json has %s", event.getSimpleName(), name)
                        .isTrue());
    }

    @Test
    void hasNoExampleOfAnEventThatIsGone() throws IOException {
        Path examples = Path.of("src/main/resources/io/vlink/events/examples");

        try (Stream<Path> files = Files.list(examples)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            events().map(e -> e.getSimpleName() + ".json").toList());
        }
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void findsTheKeyOfARecordInItsText(Topic topic) throws Exception {
        TypedTopic<?, ?> typed = Contract.typed(topic);
        for (Class<?> event : Contract.eventsOf(topic)) {
            Object read = JSON.treeToValue(golden(event), wireType(event));
            Object key = keyOf(typed, read);
            if (key != null) {
                assertThat(typed.parse().apply(text(read, key))).isEqualTo(key);
            }
        }
    }

    /** Keys that are more than their text are printed by the record. */
    private static String text(Object record, Object key) throws ReflectiveOperationException {
        return Stream.of(record.getClass().getMethods())
                        .anyMatch(method -> method.getName().equals("key"))
                ? String.valueOf(record.getClass().getMethod("key").invoke(record))
                : key.toString();
    }

    private static <V> @Nullable Object keyOf(TypedTopic<?, V> topic, Object record) {
        return topic.keyOf() == null ? null : topic.keyOf().apply(topic.type().cast(record));
    }

    /** The type that readers name: the sealed interface where a topic carries more than one. */
    private static Class<?> wireType(Class<?> event) {
        return Stream.of(Topic.values())
                .<Class<?>>map(topic -> Contract.typed(topic).type())
                .filter(type -> type.isAssignableFrom(event))
                .findFirst()
                .orElse(event);
    }

    private static JsonNode golden(Class<?> event) throws IOException {
        String file = "/io/vlink/events/examples/" + event.getSimpleName() + ".json";
        try (InputStream in = GoldenExamplesTest.class.getResourceAsStream(file)) {
            return JSON.readTree(Objects.requireNonNull(in, file + " is missing"));
        }
    }
}
