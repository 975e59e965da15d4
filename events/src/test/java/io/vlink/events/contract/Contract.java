package io.vlink.events.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.Topic;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.contract.RecordSchemas.View;
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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is published: which events a topic carries, and the schema of each. */
final class Contract {

    static final Path EXAMPLES = Path.of("src/main/resources/io/vlink/events/examples");

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path MANIFEST = Path.of("src/test/resources/io/vlink/events/L2Network.schema.json");
    private static final String DEFINITIONS = "#/$defs/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Contract() {}

    static Javadocs javadocs() {
        return Javadocs.of(SOURCES);
    }

    /** The records that a topic carries. */
    static List<Class<?>> eventsOf(Topic topic) {
        return switch (topic) {
            case REQUESTS -> records(Request.class);
            case ANSWERS -> records(Answer.class);
            case NODES -> List.of(Node.class);
            case LINKS -> List.of(Link.class);
            case NETWORKS -> List.of(Network.class);
            case ATTACHMENTS -> List.of(Attachment.class);
            case LINK_STATES -> List.of(LinkState.class);
            case PATHS -> List.of(PathDecision.class);
            case RESTING -> List.of(Resting.class);
            case RULE_STATES -> List.of(RuleState.class);
            case STATUSES -> List.of(NetworkStatus.class);
            case SWITCHES -> List.of(Switch.class);
            case PORTS -> List.of(Port.class);
            case RULES -> List.of(RuleSet.class);
            case COUNTERS -> List.of(RuleCounters.class);
            case INQUIRIES -> records(Inquiry.class);
            case FORECASTS -> List.of(Forecast.class);
            case SERVICES -> List.of(ServiceInstance.class);
            case CLAIMS -> List.of(Claim.class);
            case DEAD_LETTERS -> List.of(DeadLetter.class);
        };
    }

    static View viewOf(Topic topic) {
        return topic == Topic.REQUESTS ? View.ASKED : View.RECORDED;
    }

    /** The schema of each event by the event's name, each a document of its own. */
    static Map<String, ObjectNode> schemas(Javadocs docs) {
        Map<String, ObjectNode> schemas = new TreeMap<>();
        for (Topic topic : Topic.values()) {
            for (Class<?> event : eventsOf(topic)) {
                ObjectNode document = document(event, viewOf(topic), docs);
                if (topic.isInternal()) {
                    document.put("$comment", Contract.internal(topic));
                }
                schemas.put(event.getSimpleName(), document);
            }
        }
        schemas.put("L2Network", manifest());
        return schemas;
    }

    static ObjectNode document(Class<?> event, View view, Javadocs docs) {
        RecordSchemas records = new RecordSchemas(docs, DEFINITIONS);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.setAll(records.event(event, view));
        if (!records.definitions().isEmpty()) {
            document.putObject("$defs").setAll(records.definitions());
        }
        return document;
    }

    /** What is to be said of an internal topic. */
    static String internal(Topic topic) {
        return "Internal: Vlink's services tell each other this, and any version may change it in any way. This is schema number %d."
                .formatted(topic.schema());
    }

    /** The one message of {@code vlink.requests} that is no record of ours: the guide's manifest. */
    static ObjectNode manifest() {
        return (ObjectNode) read(MANIFEST);
    }

    static JsonNode example(Class<?> event) {
        return read(EXAMPLES.resolve(event.getSimpleName() + ".json"));
    }

    /** Everything that must stay as it is: topics, keys, and schemas without words and references. */
    static ObjectNode promise(Javadocs docs) {
        Map<String, ObjectNode> schemas = schemas(docs);
        ObjectNode promise = JsonNodeFactory.instance.objectNode();
        for (Topic topic : Topic.values()) {
            ObjectNode promised = promise.putObject(topic.topicName());
            promised.put("key", topic.key());
            if (topic.isInternal()) {
                promised.put("schema", topic.schema());
            }
            ObjectNode events = promised.putObject("events");
            Stream<String> names = eventsOf(topic).stream().map(Class::getSimpleName);
            (topic == Topic.REQUESTS ? Stream.concat(names, Stream.of("L2Network")) : names)
                    .forEach(name -> events.set(name, Compatibility.essence(schemas.get(name))));
        }
        return promise;
    }

    static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Class<?>> records(Class<?> family) {
        return List.of(family.getPermittedSubclasses()).stream()
                .<Class<?>>map(type -> type)
                .filter(Class::isRecord)
                .toList();
    }
}
