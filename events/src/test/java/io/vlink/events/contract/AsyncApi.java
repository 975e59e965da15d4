package io.vlink.events.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.Topic;
import io.vlink.events.requests.Answer;
import io.vlink.events.requests.Request;
import java.util.Map;

/** The AsyncAPI 3.0 document of all topics. It contains all schemas and examples, and has no external references. */
final class AsyncApi {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String SCHEMAS = "#/components/schemas/";
    private static final String KAFKA_BINDING = "0.5.0";

    private final Javadocs docs;
    private final RecordSchemas records;
    private final JsonNode manifestExample;

    private AsyncApi(Javadocs docs, JsonNode manifestExample) {
        this.docs = docs;
        this.records = new RecordSchemas(docs, SCHEMAS);
        this.manifestExample = manifestExample;
    }

    static ObjectNode document(Javadocs docs, JsonNode manifestExample) {
        return new AsyncApi(docs, manifestExample).document();
    }

    private ObjectNode document() {
        ObjectNode document = NODES.objectNode();
        document.put("asyncapi", "3.0.0");
        document.set("info", info());
        document.put("defaultContentType", "application/json");
        document.putObject("servers").set("kafka", server());
        ObjectNode channels = document.putObject("channels");
        ObjectNode operations = document.putObject("operations");
        ObjectNode messages = NODES.objectNode();
        for (Topic topic : Topic.values()) {
            channels.set(channel(topic), channelOf(topic));
            operations.set((topic == Topic.REQUESTS ? "receive-" : "send-") + channel(topic), operation(topic));
            Contract.eventsOf(topic).forEach(event -> messages.set(Contract.nameOf(event), message(event, topic)));
        }
        messages.set("L2Network", manifest());
        ObjectNode components = document.putObject("components");
        components.set("messages", messages);
        components.putObject("schemas").setAll(records.definitions());
        return document;
    }

    private static ObjectNode info() {
        ObjectNode info = NODES.objectNode();
        info.put("title", "Vlink events");
        info.put("version", "1.0.0");
        info.put("description", """
                Vlink makes virtual links: private layer-2 paths between two workloads, over the links that you name.

                Clients with write access to `vlink.requests` can request one; each request gets one answer on `vlink.answers`, which names the \
                place and the outcome of the request. All other topics are for reading; only Vlink writes them. Do not build on \
                topics tagged `internal`: their records may change with any version.

                Values are JSON in UTF-8. The description of a field states the meaning of its absence; null is the same as absent. Readers must \
                ignore unknown fields. Texts in CamelCase called `reason` are for programs and never change; texts called \
                `message` are for people. Numbers have their unit in their name or description: `...Bits` are bit/s, `...Nanos` are nanoseconds.

                The version of a public event is its type: optional fields may be added to it, any other change requires an event with another name. \
                The version of an internal one is the number in its header `vlink-schema`; a record without that header has number 1. \
                A request of an unknown type, or with an unknown field, is refused.

                Compacted topics contain the complete state of each key. A removed object is first marked in its record (`withdrawn`, \
                an empty rule set), and gets a tombstone later. Records of one overlay are in one partition of each topic that is keyed by \
                overlay: murmur2 of the overlay's name, as in Kafka's own partitioner for that key; those of one switch \
                likewise by datapath id. Requests may be sent to any partition: they are forwarded. Consumers should read with \
                isolation.level=read_committed.""");
        return info;
    }

    private static ObjectNode server() {
        ObjectNode server = NODES.objectNode();
        server.put("host", "{host}:{port}");
        server.put("protocol", "kafka");
        server.put(
                "description",
                "Any broker of the Kafka cluster that Vlink uses. The cluster defines its own access control.");
        ObjectNode variables = server.putObject("variables");
        variables.putObject("host").put("default", "localhost");
        variables.putObject("port").put("default", "9092");
        return server;
    }

    private static String channel(Topic topic) {
        return topic.topicName().substring("vlink.".length());
    }

    private ObjectNode channelOf(Topic topic) {
        ObjectNode channel = NODES.objectNode();
        channel.put("address", topic.topicName());
        channel.put(
                "description",
                "%s Key: %s. %s."
                        .formatted(
                                docs.of(Topic.class, topic.name())
                                        .orElseThrow(() -> new IllegalStateException(topic + " has no Javadoc.")),
                                topic.key(),
                                switch (topic.retention()) {
                                    case STATE -> "Compacted: the last record of each key is its whole state";
                                    case LOG -> "A log: every record, for a week unless set otherwise";
                                }));
        if (topic.isInternal()) {
            channel.putArray("tags").addObject().put("name", "internal").put("description", Contract.internal(topic));
            channel.put("x-internal", true);
            channel.put("x-schema-number", topic.schema());
        }
        ObjectNode messages = channel.putObject("messages");
        Contract.eventsOf(topic).forEach(event -> messages.putObject(Contract.nameOf(event))
                .put("$ref", "#/components/messages/" + Contract.nameOf(event)));
        if (topic == Topic.REQUESTS) {
            messages.putObject("L2Network").put("$ref", "#/components/messages/L2Network");
        }
        ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
        kafka.put("topic", topic.topicName());
        ObjectNode settings = kafka.putObject("topicConfiguration");
        Map<String, String> wanted = topic.settings();
        settings.putArray("cleanup.policy").add(wanted.get("cleanup.policy"));
        if (wanted.containsKey("retention.ms")) {
            settings.put("retention.ms", Topic.LOG_MILLIS);
        }
        settings.put("max.message.bytes", Topic.MAX_RECORD_BYTES);
        kafka.put("bindingVersion", KAFKA_BINDING);
        return channel;
    }

    private ObjectNode operation(Topic topic) {
        ObjectNode operation = NODES.objectNode();
        operation.put("action", topic == Topic.REQUESTS ? "receive" : "send");
        operation.putObject("channel").put("$ref", "#/channels/" + channel(topic));
        operation.put(
                "summary",
                topic == Topic.REQUESTS
                        ? "Make requests: produce here. Each request is answered, or set aside as a dead letter if it cannot be understood."
                        : "Follow changes: consume here.");
        if (topic == Topic.REQUESTS) {
            operation.putObject("reply").putObject("channel").put("$ref", "#/channels/answers");
        }
        return operation;
    }

    private ObjectNode message(Class<?> event, Topic topic) {
        ObjectNode payload = records.event(event, Contract.viewOf(topic));
        ObjectNode message = NODES.objectNode();
        message.put("name", Contract.nameOf(event));
        message.set("summary", payload.get("description"));
        message.put("contentType", "application/json");
        if (topic.isInternal()) {
            message.set("headers", schemaHeader(topic));
        }
        if (Request.class.isAssignableFrom(event) || Answer.class.isAssignableFrom(event)) {
            message.putObject("correlationId").put("location", "$message.payload#/requestId");
        }
        ObjectNode kafka = message.putObject("bindings").putObject("kafka");
        kafka.putObject("key").put("type", "string").put("description", topic.key());
        kafka.put("bindingVersion", KAFKA_BINDING);
        message.set("payload", payload);
        ArrayNode examples = message.putArray("examples");
        Contract.examples(event).forEach(example -> examples.addObject().set("payload", example));
        return message;
    }

    private static ObjectNode schemaHeader(Topic topic) {
        ObjectNode headers = NODES.objectNode();
        headers.put("type", "object");
        headers.putObject("properties")
                .putObject("vlink-schema")
                .put("type", "string")
                .put("pattern", "^[1-9][0-9]{0,5}$")
                .put(
                        "description",
                        "The schema number of this record, in decimal digits; absent: 1. %d is the newest."
                                .formatted(topic.schema()));
        return headers;
    }

    private ObjectNode manifest() {
        ObjectNode payload = Contract.manifest();
        payload.remove("$schema");
        ObjectNode message = NODES.objectNode();
        message.put("name", "L2Network");
        message.set("summary", payload.get("description"));
        message.put("contentType", "application/json");
        message.set("payload", payload);
        message.putArray("examples").addObject().set("payload", manifestExample);
        return message;
    }
}
