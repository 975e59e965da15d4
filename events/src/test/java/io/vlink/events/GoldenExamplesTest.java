package io.vlink.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.counters.RuleCounters;
import io.vlink.events.deadletters.DeadLetter;
import io.vlink.events.inquiries.Forecast;
import io.vlink.events.inquiries.Inquiry;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkState;
import io.vlink.events.networks.Network;
import io.vlink.events.nodes.Claim;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.paths.Resting;
import io.vlink.events.requests.Answer;
import io.vlink.events.requests.Request;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.services.ServiceInstance;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        return Stream.concat(
                Stream.of(
                        Node.class,
                        Link.class,
                        LinkState.class,
                        Network.class,
                        Attachment.class,
                        PathDecision.class,
                        Resting.class,
                        RuleSet.class,
                        RuleState.class,
                        NetworkStatus.class,
                        Switch.class,
                        Port.class,
                        RuleCounters.class,
                        Forecast.class,
                        ServiceInstance.class,
                        Claim.class,
                        DeadLetter.class),
                Stream.of(Request.class, Answer.class, Inquiry.class)
                        .flatMap(type -> Stream.of(type.getPermittedSubclasses()))
                        .filter(Class::isRecord));
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

    /** The type that readers name: the sealed interface where a topic carries more than one. */
    private static Class<?> wireType(Class<?> event) {
        return Stream.of(Request.class, Answer.class, Inquiry.class)
                .filter(type -> type.isAssignableFrom(event))
                .<Class<?>>map(type -> type)
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
