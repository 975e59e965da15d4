package io.vlink.log.finalising;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vlink.broker.LocalBroker;
import io.vlink.events.Topic;
import io.vlink.events.services.ServiceInstance;
import io.vlink.events.services.Services;
import io.vlink.log.EventJson;
import io.vlink.log.LogConfig;
import io.vlink.log.LogConfigBuilder;
import io.vlink.log.RecordingShard;
import io.vlink.log.kafka.TopicSetup;
import io.vlink.log.roll.Attendance;
import io.vlink.log.roll.RollCall;
import io.vlink.log.serving.EventLog;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Makes an upgrade permanent, on a real broker with services of this build and of an earlier one, which does not
 * report.
 */
class FinalisingIT {

    private static final int PARTITIONS = 2;
    private static final Duration PLENTY = Duration.ofSeconds(60);
    /** Shorter than a session. */
    private static final Duration SHORT = Duration.ofSeconds(3);

    private static final Duration BEAT = Duration.ofMillis(300);
    private static final String FLOW = Services.FLOW_SERVICE;
    private static final String PATH = Services.PATH_SERVICE;
    private static final String OLD = "of-a-build-before";
    private static final Finalising.FinaliseResult RAISED =
            new Finalising.FinaliseResult.Raised(0, Topic.generation(), List.of());

    @TempDir
    private Path directory;

    private LocalBroker broker;
    private Admin admin;
    private final List<AutoCloseable> open = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    FinalisingIT() {}

    @BeforeEach
    void startBroker() throws Exception {
        broker = LocalBroker.start(0, directory);
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        // All topics with equal partition counts, as created before there were generations
        TopicSetup.ensure(admin, config("test", "test"), 0);
    }

    @AfterEach
    void stopAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        admin.close();
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void finalisesAlthoughKafkaShowsAttributesOfTheReplacedInstance(boolean stuck) throws Exception {
        // Given: an instance that was replaced under its name before its session ended
        KafkaConsumer<byte[], byte[]> before = joinAsABuildBefore(FLOW, "flow-0");
        if (!stuck) {
            before.close();
        }
        start(FLOW, "flow-0").speak();

        // Then: this is why members are not identified by their client id
        assertThat(clientIds()).containsExactly(OLD);

        // When
        Finalising.FinaliseResult outcome = finalise(PLENTY);

        // Then
        assertThat(outcome).isEqualTo(RAISED);
    }

    @Test
    void waitsForTheReportOfANewMember() throws Exception {
        // Given
        Running flow = start(FLOW, "flow-0");
        assertThat(flow.log().member())
                .startsWith("flow-0-")
                .isEqualTo(members().getFirst().consumerId());
        CompletableFuture<Finalising.FinaliseResult> finalising = CompletableFuture.supplyAsync(() -> finalise(PLENTY));

        // When
        flow.speak();

        // Then
        assertThat(finalising).succeedsWithin(PLENTY).isEqualTo(RAISED);
        flow.log().close();
        assertThat(flow.log().member()).as("once it is no member").isNull();
    }

    @Test
    void namesAnEarlierBuildThatJoinsAfterFinalising() throws Exception {
        // Given
        start(FLOW, "flow-0").speak();
        CompletableFuture<Finalising.FinaliseResult> finalising = CompletableFuture.supplyAsync(() -> finalise(SHORT));
        await().atMost(PLENTY).until(() -> generation() == Topic.generation());

        // When
        joinAsABuildBefore(PATH, "path-0");

        // Then
        assertThat(finalising)
                .succeedsWithin(PLENTY)
                .isInstanceOfSatisfying(Finalising.FinaliseResult.Raised.class, raised -> assertThat(raised.late())
                        .singleElement()
                        .asString()
                        .startsWith("path-service (path-0) "));
    }

    @Test
    void refusesWhileAMemberDoesNotReportAndNamesOnlyThatMember() throws Exception {
        // Given: one instance of each build of one service, and an unnamed one of another service
        start(FLOW, "flow-0").speak();
        KafkaConsumer<byte[], byte[]> named = joinAsABuildBefore(FLOW, "flow-1");
        KafkaConsumer<byte[], byte[]> nameless = joinAsABuildBefore(PATH, null);

        // When
        Finalising.FinaliseResult outcome = finalise(SHORT);

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(Finalising.FinaliseResult.FinaliseRefused.class, refused -> assertThat(
                                refused.why())
                        .hasSize(2)
                        .allMatch(why -> why.contains("does not report that it reads generation " + Topic.generation()))
                        .anyMatch(why -> why.startsWith("flow-service (flow-1) "))
                        .anyMatch(why -> why.startsWith("path-service at 127.0.0.1 ")));
        assertThat(generation()).isZero();

        // When: one is replaced, and the other has left cleanly
        named.close();
        start(FLOW, "flow-1").speak();
        nameless.close();

        // Then
        assertThat(finalise(PLENTY)).isEqualTo(RAISED);
        await().atMost(PLENTY).until(() -> generation() == Topic.generation());
    }

    @Test
    void waitsForTheEndOfAKilledMembersSessionAndIgnoresReportsOfDeadMembers() throws Exception {
        // Given: heartbeats of a build that does not report what it reads
        say(new ServiceInstance(FLOW, "flow-1", Instant.EPOCH, 7, ServiceInstance.State.PRESENT, null, List.of(0)));
        say(new ServiceInstance(
                FLOW,
                "flow-2",
                Instant.EPOCH,
                7,
                ServiceInstance.State.PRESENT,
                null,
                List.of(),
                null,
                null,
                null,
                "flow-2-00000000-0000-0000-0000-000000000000",
                0));
        start(FLOW, "flow-0").speak();
        joinAsABuildBefore(FLOW, "flow-1").close(); // it does not leave the group, because it has a name
        assertThat(members()).hasSize(2);

        // When
        Finalising.FinaliseResult outcome = finalise(PLENTY);

        // Then
        assertThat(outcome).isEqualTo(RAISED);
    }

    private Finalising.FinaliseResult finalise(Duration patience) {
        try {
            return Finalising.finalise(Map.of("bootstrap.servers", broker.bootstrapServers()), patience);
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The generation that the partition counts encode. */
    private int generation() throws Exception {
        return TopicSetup.ensure(admin, config("test", "test"));
    }

    private List<String> clientIds() throws Exception {
        return members().stream().map(MemberDescription::clientId).toList();
    }

    private List<MemberDescription> members() throws Exception {
        var groups = admin.describeConsumerGroups(List.of(FLOW)).all().get(60, TimeUnit.SECONDS);
        return groups.values().stream()
                .flatMap(group -> group.members().stream())
                .toList();
    }

    private void say(ServiceInstance said) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topic.SERVICES.topicName(), 0, said.key(), EventJson.write(said)))
                    .get(60, TimeUnit.SECONDS);
        }
    }

    /** Joins a member that reads but does not report, like all builds from before there was a roll call. */
    private KafkaConsumer<byte[], byte[]> joinAsABuildBefore(String service, @Nullable String instance) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                service,
                "client.id",
                OLD,
                "session.timeout.ms",
                6_000,
                "heartbeat.interval.ms",
                1_000));
        if (instance != null) {
            settings.put("group.instance.id", instance);
        }
        settings.put("partition.assignment.strategy", "org.apache.kafka.clients.consumer.RangeAssignor");
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        open.add(consumer);
        consumer.subscribe(List.of(Topic.NODES.topicName()));
        await().atMost(PLENTY).until(() -> {
            consumer.poll(Duration.ofMillis(100));
            return !consumer.assignment().isEmpty();
        });
        return consumer;
    }

    /** Starts a service of this build that does not report yet. */
    private Running start(String service, String instance) {
        LogConfig config = config(service, instance);
        var log = new EventLog<>(
                config,
                (partition, epoch) -> new RecordingShard(config, partition, epoch),
                Clock.systemUTC(),
                new SimpleMeterRegistry());
        open.add(log);
        log.start();
        await().atMost(PLENTY).until(log::isServing);
        return new Running(config, log);
    }

    private final class Running {
        private final LogConfig config;
        private final EventLog<RecordingShard> log;

        Running(LogConfig config, EventLog<RecordingShard> log) {
            this.config = config;
            this.log = log;
        }

        EventLog<RecordingShard> log() {
            return log;
        }

        void speak() {
            RollCall roll = new RollCall(
                    config,
                    BEAT,
                    BEAT.multipliedBy(4),
                    Attendance.of(log, () -> List.of(log.vitals("log"))),
                    new SimpleMeterRegistry());
            open.add(roll);
            roll.start();
        }
    }

    private LogConfig config(String service, String instance) {
        return LogConfigBuilder.of(service, broker.bootstrapServers(), PARTITIONS)
                .instance(instance)
                .owned(Topic.NODES)
                .build();
    }
}
