package io.vlink.events.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.Topic;
import io.vlink.events.contract.RecordSchemas.View;
import io.vlink.events.schema.Known;
import io.vlink.events.text.Word;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which changes of a published event are allowed, and which are not. */
class CompatibilityTest {

    private static final Javadocs DOCS = Javadocs.of(Path.of("src/test/java/io/vlink/events/contract"));

    /**
     * As published.
     *
     * @param name a text
     * @param size a number
     * @param note may be absent
     */
    record Published(String name, long size, @Nullable String note) {}

    /**
     * With one more field, which may be absent.
     *
     * @param name a text, in other words
     * @param size a number
     * @param note may be absent
     * @param more may be absent
     */
    record AddedOptional(
            String name,
            long size,
            @Nullable String note,
            @Nullable Integer more) {}

    /**
     * With one more field, which is required.
     *
     * @param name a text
     * @param size a number
     * @param note may be absent
     * @param more a number
     */
    record AddedRequired(String name, long size, @Nullable String note, int more) {}

    /**
     * Without one of the fields.
     *
     * @param name a text
     * @param size a number
     */
    record Removed(String name, long size) {}

    /**
     * With a number that has become text.
     *
     * @param name a text
     * @param size a text
     * @param note may be absent
     */
    record Retyped(String name, String size, @Nullable String note) {}

    /**
     * With a field that is newly required.
     *
     * @param name a text
     * @param size a number
     * @param note a text
     */
    record NewlyRequired(String name, long size, String note) {}

    /**
     * With a field that is no longer required.
     *
     * @param name may be absent
     * @param size a number
     * @param note may be absent
     */
    record NoLongerRequired(
            @Nullable String name, long size, @Nullable String note) {}

    /** What a text is, at first. */
    enum Few implements Word {
        /** The first. */
        ONE,
        TWO;

        @Override
        public String word() {
            return Word.of(name());
        }
    }

    /** With one more. */
    enum More implements Word {
        ONE,
        TWO,
        THREE;

        @Override
        public String word() {
            return Word.of(name());
        }
    }

    /** Without one. */
    enum Less implements Word {
        ONE;

        @Override
        public String word() {
            return Word.of(name());
        }
    }

    /**
     * With few reasons.
     *
     * @param reason one word
     */
    record FewReasons(@Known(Few.class) String reason) {}

    /**
     * With more of them.
     *
     * @param reason one word
     */
    record MoreReasons(@Known(More.class) String reason) {}

    /**
     * With less.
     *
     * @param reason one word
     */
    record LessReasons(@Known(Less.class) String reason) {}

    @Test
    void allowsNewReasonsAndNoRemovedOnes() {
        assertThat(Compatibility.broken(promise(FewReasons.class), promise(MoreReasons.class)))
                .isEmpty();
        assertThat(Compatibility.broken(promise(FewReasons.class), promise(LessReasons.class)))
                .containsExactly("E.reason: Two was removed");
    }

    @Test
    void acceptsUnknownReasons() {
        JsonNode schema = Contract.document(FewReasons.class, View.RECORDED, DOCS);

        assertThat(schema.at("/properties/reason/x-extensible-enum"))
                .extracting(JsonNode::asText)
                .containsExactly("One", "Two");
        assertThat(schema.at("/properties/reason").has("enum")).isFalse();
        assertThat(schema.at("/properties/reason/description").asText())
                .isEqualTo("one word; more may come. One: The first.");
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                arguments(Published.class, List.of()),
                arguments(AddedOptional.class, List.of()),
                arguments(AddedRequired.class, List.of("E.more is new and required")),
                arguments(Removed.class, List.of("E.note was removed")),
                arguments(Retyped.class, List.of("E.size: type was \"integer\" and is \"string\"")),
                arguments(NewlyRequired.class, List.of("E.note is newly required")),
                arguments(NoLongerRequired.class, List.of("E.name is no longer required, but was always present")));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void allowsNewOptionalFieldsAndNoOtherChange(Class<?> after, List<String> broken) {
        assertThat(Compatibility.broken(promise(Published.class), promise(after)))
                .isEqualTo(broken);
    }

    static Stream<Arguments> breaks() {
        return Stream.of(
                edit("vlink.paths is gone", promise -> promise.remove("vlink.paths")),
                edit("vlink.paths has another key", promise -> object(promise, "/vlink.paths")
                        .put("key", "name")),
                edit("vlink.answers no longer carries Refused", promise -> object(promise, "/vlink.answers/events")
                        .remove("Refused")),
                edit("NetworkStatus.phase: enum was", promise -> ((ArrayNode)
                                promise.at("/vlink.statuses/events/NetworkStatus/properties/phase/enum"))
                        .add("Paused")),
                edit("PathDecision.current.routes[].hops[].lane: pattern was", promise -> object(
                                promise,
                                "/vlink.paths/events/PathDecision/properties/current/properties/routes/items/properties/hops/items/properties/lane")
                        .put("pattern", "^.*$")),
                edit("RuleSet.meters[].number: maximum was 131071 and is 7", promise -> object(
                                promise, "/vlink.rules/events/RuleSet/properties/meters/items/properties/number")
                        .put("maximum", 7)),
                edit("RuleSet.rules[].actions[]: pattern was", promise -> object(
                                promise, "/vlink.rules/events/RuleSet/properties/rules/items/properties/actions/items")
                        .put("pattern", "^pop$")),
                edit("DeclareLink.spec.capacityBits: had 2 alternatives and has 1", promise -> ((ArrayNode) promise.at(
                                "/vlink.requests/events/DeclareLink/properties/spec/properties/capacityBits/oneOf"))
                        .remove(1)),
                edit("DeclareLink.spec.latencyNanos<0>: maximum was 3600000000000 and is 7", promise -> object(
                                promise,
                                "/vlink.requests/events/DeclareLink/properties/spec/properties/latencyNanos/oneOf/0")
                        .put("maximum", 7)),
                edit("DeclareLink.type: const was \"DeclareLink\" and is \"shove\"", promise -> object(
                                promise, "/vlink.requests/events/DeclareLink/properties/type")
                        .put("const", "shove")),
                edit("DeclareNode.spec.maintenance was removed", promise -> object(
                                promise, "/vlink.requests/events/DeclareNode/properties/spec/properties")
                        .remove("maintenance")));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void findsABreakAtAnyDepth(String broken, Consumer<ObjectNode> change) {
        ObjectNode published = Contract.promise(Contract.javadocs());
        ObjectNode now = published.deepCopy();
        change.accept(now);

        assertThat(Compatibility.broken(published, now))
                .singleElement()
                .asString()
                .startsWith(broken);
    }

    static Stream<Arguments> breaksOfInternalTopics() {
        return Stream.of(
                edit("", promise -> object(promise, "/vlink.paths/events/PathDecision/properties")
                        .remove("retiring")),
                edit("", promise -> object(promise, "/vlink.rules/events/RuleSet/properties/meters/items/properties")
                        .put("number", "text")),
                edit("", promise -> object(promise, "/vlink.inquiries/events").removeAll()));
    }

    @ParameterizedTest
    @MethodSource("breaksOfInternalTopics")
    void allowsAnyChangeOfAnInternalRecordOnceItsSchemaNumberIsRaised(String unused, Consumer<ObjectNode> change) {
        // Given
        ObjectNode published = Contract.promise(Contract.javadocs());
        ObjectNode now = published.deepCopy();
        change.accept(now);

        // When
        List<String> broken = Compatibility.broken(published, now);

        // Then
        assertThat(broken).isNotEmpty().allSatisfy(each -> assertThat(each)
                .matches(".* is internal: raise its schema number to \\d+ in Topic, and convert records of number .*"));

        // When
        for (Topic topic : List.of(Topic.PATHS, Topic.RULES, Topic.INQUIRIES)) {
            object(now, "/" + topic).put("schema", topic.schema() + 1);
        }

        // Then
        assertThat(Compatibility.broken(published, now)).isEmpty();

        // A promise of the new form binds like the first one
        int number = Topic.PATHS.schema();
        assertThat(Compatibility.broken(now, published))
                .contains("vlink.paths: its schema number was %d and is %d, and must not decrease"
                        .formatted(number + 1, number));
    }

    @Test
    void aSchemaNumberAllowsNoChangeOfAPublicTopicOrAKey() {
        ObjectNode published = Contract.promise(Contract.javadocs());
        ObjectNode now = published.deepCopy();
        object(now, "/vlink.statuses").put("schema", 2);
        object(now, "/vlink.statuses/events").remove("NetworkStatus");
        object(now, "/vlink.paths").put("schema", Topic.PATHS.schema() + 1).put("key", "name");

        assertThat(Compatibility.broken(published, now))
                .containsExactlyInAnyOrder("vlink.statuses was public and is internal", "vlink.paths has another key");
    }

    @Test
    void anInternalTopicMayBecomePublicUnchanged() {
        ObjectNode published = Contract.promise(Contract.javadocs());
        ObjectNode now = published.deepCopy();
        object(now, "/vlink.claims").remove("schema");

        assertThat(Compatibility.broken(published, now)).isEmpty();

        object(now, "/vlink.claims/events").remove("Claim");
        assertThat(Compatibility.broken(published, now)).containsExactly("vlink.claims no longer carries Claim");
    }

    @Test
    void allowsNewTopicsAndEvents() {
        ObjectNode published = Contract.promise(Contract.javadocs());
        ObjectNode now = published.deepCopy();
        object(now, "/vlink.answers/events").set("Postponed", JsonNodeFactory.instance.objectNode());
        now.putObject("vlink.news").put("key", "none").putObject("events");

        assertThat(Compatibility.broken(published, now)).isEmpty();
    }

    private static Arguments edit(String broken, Consumer<ObjectNode> change) {
        return arguments(broken, change);
    }

    private static ObjectNode object(JsonNode tree, String path) {
        return (ObjectNode) tree.at(path);
    }

    private static ObjectNode promise(Class<?> event) {
        ObjectNode promise = JsonNodeFactory.instance.objectNode();
        promise.putObject("vlink.samples")
                .put("key", "name")
                .putObject("events")
                .set("E", Compatibility.essence(Contract.document(event, View.RECORDED, DOCS)));
        return promise;
    }
}
