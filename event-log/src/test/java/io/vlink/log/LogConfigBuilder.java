package io.vlink.log;

import io.vlink.events.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the configuration of a test's log. At first, it reads nothing, is not fenced, and ignores a loss of data. */
public final class LogConfigBuilder {

    private final String service;
    private final String bootstrapServers;
    private final int partitions;
    private Optional<String> instanceId = Optional.empty();
    private List<Topic> owned = List.of();
    private List<Topic> outputs = List.of();
    private List<Topic> whole = List.of();
    private boolean fenced;
    private OnLoss onLoss = OnLoss.NOTHING;
    private List<Topic> joined = List.of();
    private Map<String, String> client = Map.of();

    private LogConfigBuilder(String service, String bootstrapServers, int partitions) {
        this.service = service;
        this.bootstrapServers = bootstrapServers;
        this.partitions = partitions;
    }

    /** Begins the configuration of a service at a Kafka. */
    public static LogConfigBuilder of(String service, String bootstrapServers, int partitions) {
        return new LogConfigBuilder(service, bootstrapServers, partitions);
    }

    /** Begins a configuration for a test without Kafka. */
    public static LogConfigBuilder withoutKafka(int partitions) {
        return of("test", "nowhere:9092", partitions);
    }

    public LogConfigBuilder instance(String id) {
        return instance(Optional.of(id));
    }

    public LogConfigBuilder instance(Optional<String> id) {
        instanceId = id;
        return this;
    }

    public LogConfigBuilder owned(Topic... topics) {
        owned = List.of(topics);
        return this;
    }

    public LogConfigBuilder outputs(Topic... topics) {
        outputs = List.of(topics);
        return this;
    }

    public LogConfigBuilder whole(Topic... topics) {
        whole = List.of(topics);
        return this;
    }

    public LogConfigBuilder joined(Topic... topics) {
        joined = List.of(topics);
        return this;
    }

    public LogConfigBuilder fenced(boolean isFenced) {
        fenced = isFenced;
        return this;
    }

    public LogConfigBuilder onLoss(OnLoss reaction) {
        onLoss = reaction;
        return this;
    }

    public LogConfigBuilder client(Map<String, String> properties) {
        client = properties;
        return this;
    }

    public LogConfig build() {
        return new LogConfig(
                service,
                instanceId,
                bootstrapServers,
                partitions,
                owned,
                outputs,
                whole,
                fenced,
                onLoss,
                List.of(),
                joined,
                client);
    }
}
