package io.vlink.topics;

import io.vlink.events.Topic;
import io.vlink.log.finalising.Finalising;
import io.vlink.log.kafka.TopicSetup;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/** The connection to a Kafka. */
final class Cluster implements AutoCloseable {

    private static final int PATIENCE_MS = 10_000;

    private final Map<String, Object> client = new HashMap<>();
    private final Admin admin;

    /** Creates a connection, which is established on the first request. */
    Cluster(String bootstrapServers, Optional<Path> clientProperties) {
        clientProperties.ifPresent(this::load);
        client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        client.put(AdminClientConfig.CLIENT_ID_CONFIG, "vlink-topics");
        client.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        client.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS / 2);
        admin = Admin.create(client);
    }

    private void load(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("The file %s cannot be read.".formatted(file), e);
        }
        properties.stringPropertyNames().forEach(name -> client.put(name, properties.getProperty(name)));
    }

    /** Returns those of Vlink's topics that exist. */
    Map<Topic, FoundTopic> topics() throws ExecutionException, InterruptedException {
        Set<String> names = admin.listTopics().names().get();
        List<Topic> there = Stream.of(Topic.values())
                .filter(topic -> names.contains(topic.topicName()))
                .toList();
        Map<String, TopicDescription> descriptions = admin.describeTopics(
                        there.stream().map(Topic::topicName).toList())
                .allTopicNames()
                .get();
        Map<ConfigResource, Config> configs = admin.describeConfigs(
                        there.stream().map(Cluster::resource).toList())
                .all()
                .get();
        Map<Topic, FoundTopic> found = new EnumMap<>(Topic.class);
        for (Topic topic : there) {
            TopicDescription description = descriptions.get(topic.topicName());
            Config config = configs.get(resource(topic));
            if (description != null && config != null) {
                Map<String, String> settings = new HashMap<>();
                config.entries().forEach(entry -> {
                    if (entry.value() != null) {
                        settings.put(entry.name(), entry.value());
                    }
                });
                found.put(
                        topic,
                        new FoundTopic(
                                description.partitions().size(),
                                description.partitions().getFirst().replicas().size(),
                                settings));
            }
        }
        return found;
    }

    void make(Collection<Topic> missing, int partitions, Optional<Short> replicas)
            throws ExecutionException, InterruptedException {
        TopicSetup.make(admin, missing, partitions, replicas);
        // The controller has created the topics; the broker that is queried next may learn of it a moment later.
        List<String> names = missing.stream().map(Topic::topicName).toList();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (!admin.listTopics().names().get().containsAll(names) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    Finalising.FinaliseResult finalise() throws ExecutionException, InterruptedException {
        return Finalising.finalise(client);
    }

    private static ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
    }

    @Override
    public void close() {
        admin.close();
    }
}
