package io.vlink.events.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.vlink.events.Topic;
import io.vlink.events.reasons.Reason;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The published documents match the records. {@code -Dcontract=write} writes the documents again; {@code =publish} also
 * makes them the promise that later changes are checked against.
 */
class ContractTest {

    private static final String MODE = System.getProperty("contract", "check");
    private static final Path DOCUMENTS = Path.of("../docs/events");
    private static final Path REASONS = Path.of("../docs/reasons.md");
    private static final Path PUBLISHED = Path.of("src/test/resources/io/vlink/events/published.json");
    private static final Javadocs DOCS = Contract.javadocs();
    private static final Map<String, ObjectNode> SCHEMAS = Contract.schemas(DOCS);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());

    @Test
    void publishesTheSchemaOfEachEvent() throws IOException {
        // When
        Map<String, String> documents = new TreeMap<>();
        for (Map.Entry<String, ObjectNode> schema : SCHEMAS.entrySet()) {
            documents.put(schema.getKey() + ".schema.json", pretty(schema.getValue()));
        }

        // Then
        Path directory = Files.createDirectories(DOCUMENTS.resolve("schemas"));
        for (Map.Entry<String, String> document : documents.entrySet()) {
            holdAgainst(directory.resolve(document.getKey()), document.getValue());
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(documents.keySet());
        }
    }

    @Test
    void publishesASelfContainedAsyncApiDocument() throws IOException {
        // When
        ObjectNode document =
                AsyncApi.document(DOCS, YAML.readTree(Files.readString(Path.of("../samples/vlink-sample.yaml"))));
        String text = YAML.writeValueAsString(document);

        // Then
        for (JsonNode reference : document.findValues("$ref")) {
            assertThat(reference.asText()).startsWith("#/");
            assertThat(document.at(reference.asText().substring(1)).isMissingNode())
                    .as("%s exists", reference)
                    .isFalse();
        }
        holdAgainst(DOCUMENTS.resolve("asyncapi.yaml"), text);
        assertThat(YAML.readTree(text).equals(JSON.readTree(JSON.writeValueAsString(document))))
                .as("it reads back unchanged")
                .isTrue();
    }

    @Test
    void publishesEveryReasonWithItsMeaning() throws IOException {
        holdAgainst(REASONS, ReasonsPage.text(DOCS));

        assertThat(ReasonsPage.ALL).containsExactlyInAnyOrderElementsOf(enumerations());
    }

    /** Returns all enumerations of reasons in the sources. Each has one page and one name. */
    private static List<Class<? extends Reason>> enumerations() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Class<? extends Reason>> found = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith("Reason.java"))
                    .filter(path -> !path.endsWith("reasons/Reason.java"))
                    .toList()) {
                String name = Path.of("src/main/java")
                        .relativize(file)
                        .toString()
                        .replace(".java", "")
                        .replace('/', '.');
                found.add(Class.forName(name).asSubclass(Reason.class));
            }
            return found;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void keepsThePromise() throws IOException {
        ObjectNode now = Contract.promise(DOCS);
        if (MODE.equals("publish")) {
            Files.writeString(PUBLISHED, pretty(now));
        }

        assertThat(Compatibility.broken(Contract.read(PUBLISHED), JSON.readTree(JSON.writeValueAsString(now))))
                .as("what this change breaks for users of Vlink's events (CONTRIBUTING.md, a new event)")
                .isEmpty();
    }

    @Test
    void marksTheInternalTopics() {
        assertThat(Stream.of(Topic.values()).filter(Topic::isInternal))
                .containsExactlyInAnyOrder(
                        Topic.PATHS,
                        Topic.RESTING,
                        Topic.LINK_SHARES,
                        Topic.RULES,
                        Topic.RULE_STATES,
                        Topic.INQUIRIES,
                        Topic.FORECASTS,
                        Topic.CLAIMS);
        assertThat(Stream.of(Topic.values()).filter(topic -> !topic.isInternal()))
                .allSatisfy(topic -> assertThat(topic.schema()).isEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        VERSIONING.md                         | which Vlink's services write for each other
        docs/events.md                        | are **internal**
        docs/decisions/0024-schema-numbers.md | **Internal topics**
        """, quoteCharacter = '"')
    void everyListOfInternalTopicsIsComplete(String page, String said) throws IOException {
        String listed = Files.readAllLines(Path.of("..", page)).stream()
                .filter(line -> line.contains(said))
                .findFirst()
                .orElseThrow();

        assertThat(Stream.of(Topic.values()).filter(Topic::isInternal))
                .extracting(topic -> topic.topicName().replaceFirst("^vlink\\.", ""))
                .allSatisfy(name -> assertThat(listed).containsAnyOf("`" + name + "`", "`vlink." + name + "`"));
    }

    static Stream<Class<?>> events() {
        return Stream.of(Topic.values()).flatMap(topic -> Contract.eventsOf(topic).stream());
    }

    @ParameterizedTest
    @MethodSource("events")
    void acceptsTheGoldenExample(Class<?> event) {
        assertThat(Contract.examples(event)).allSatisfy(example -> assertThat(problems(Contract.nameOf(event), example))
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(classes = {RuleSet.class, RuleState.class})
    void refusesRulesWithoutAnOwnerAndWithTwo(Class<?> event) {
        // Given
        ObjectNode example = Contract.example(event).deepCopy();
        String name = Contract.nameOf(event);

        // Then
        assertThat(problems(name, example.deepCopy().put("link", "default/3"))).isNotEmpty();
        assertThat(problems(name, example.deepCopy().without("network"))).isNotEmpty();
        assertThat(problems(name, example.<ObjectNode>without("network").put("link", "default/3")))
                .isEmpty();
        assertThat(problems(name, example.put("link", "default"))).isNotEmpty();
    }

    /** Each field in turn is left out, and replaced by values of wrong types. */
    @ParameterizedTest
    @MethodSource("events")
    void refusesTheExampleWithAnyFieldBroken(Class<?> event) {
        // Given
        JsonNode example = Contract.example(event);
        JsonNode schema = Objects.requireNonNull(SCHEMAS.get(Contract.nameOf(event)));
        List<String> taken = new ArrayList<>();
        if (Contract.eventsOf(Topic.REQUESTS).contains(event)) {
            ObjectNode nameless = example.deepCopy();
            nameless.remove("id");

            // Then
            assertThat(problems(Contract.nameOf(event), nameless))
                    .as("neither id nor name")
                    .isNotEmpty();
        }

        // When
        schema.path("required").forEach(field -> {
            ObjectNode without = example.deepCopy();
            without.remove(field.asText());
            if (problems(Contract.nameOf(event), without).isEmpty()) {
                taken.add(field.asText() + " left out");
            }
        });
        example.fieldNames().forEachRemaining(field -> {
            for (JsonNode wrong : List.of(
                    JSON.createObjectNode().put("no", 1),
                    JSON.createArrayNode().add(true),
                    JSON.getNodeFactory().numberNode(-1.5))) {
                ObjectNode broken = example.deepCopy();
                broken.set(field, wrong);
                if (problems(Contract.nameOf(event), broken).isEmpty()) {
                    taken.add(field + " = " + wrong);
                }
            }
        });

        // Then
        assertThat(taken).as("broken examples that the schema accepts").isEmpty();
    }

    @Test
    void acceptsUnknownFieldsInEventsAndRefusesThemInRequests() {
        for (Class<?> event : events().toList()) {
            ObjectNode more = Contract.example(event).deepCopy();
            more.put("toCome", "yes");

            boolean request = Contract.eventsOf(Topic.REQUESTS).contains(event);
            assertThat(problems(Contract.nameOf(event), more).isEmpty())
                    .as("%s with an unknown field", Contract.nameOf(event))
                    .isEqualTo(!request);
        }
    }

    private static Set<ValidationMessage> problems(String event, JsonNode value) {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Objects.requireNonNull(SCHEMAS.get(event)));
        return schema.validate(value, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
    }

    private static void holdAgainst(Path file, String text) throws IOException {
        if (!MODE.equals("check")) {
            Files.writeString(file, text);
        }
        assertThat(file)
                .as("the records have changed: mvn test -pl events -am -Dtest=ContractTest -Dcontract=write")
                .hasContent(text);
    }

    /** Indents by two spaces, with lists of plain values on one line. */
    private static String pretty(JsonNode tree) throws IOException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        return JSON.writer(printer).writeValueAsString(tree) + "\n";
    }
}
