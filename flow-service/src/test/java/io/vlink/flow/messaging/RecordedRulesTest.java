package io.vlink.flow.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vlink.events.LinkPort;
import io.vlink.events.Topic;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Hop;
import io.vlink.events.paths.Lane;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.LinkMeter;
import io.vlink.events.rules.LinkShare;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.Table;
import io.vlink.events.services.Absence;
import io.vlink.events.services.Services;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.Outbox;
import io.vlink.log.schema.UnreadableEvent;
import io.vlink.upgrade.RecordedSuite;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that this build wants the same rules as an earlier build installed, and that reported statuses stay true. */
class RecordedRulesTest {

    private static final Set<Topic> READ =
            EnumSet.of(Topic.SWITCHES, Topic.RULES, Topic.PATHS, Topic.RULE_STATES, Topic.STATUSES, Topic.LINK_STATES);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofHours(1);

    private final RecordedSuite recorded = RecordedSuite.of(RecordedSuite.OLDEST);
    private Services services = withoutGateway(Set.of());
    private final FlowShard shard = new FlowShard(
            0,
            recorded.partitions(),
            Duration.ofMillis(500),
            new FlowMeters(new SimpleMeterRegistry()),
            () -> services);

    @Test
    void changesNoRuleOfAReadyNetwork() throws UnreadableEvent {
        // Given
        Set<String> ready = ready();
        assertThat(ready).hasSizeGreaterThan(900);
        Map<String, RuleSet> before = recorded.state(RuleSet.TOPIC);

        // When
        List<ProducerRecord<String, byte[]>> written = startAndGoOn();

        // Then: rewritten rule sets have a later step of their network, and nothing else is new
        for (ProducerRecord<String, byte[]> record : written) {
            if (record.topic().equals(Topic.RULES.topicName())
                    && ready.contains(record.key().substring(record.key().indexOf('/') + 1))) {
                RuleSet was = Objects.requireNonNull(before.get(record.key()), record.key());
                RuleSet is = EventJson.read(
                        new Entry(Topic.RULES, 0, 0, Instant.EPOCH, record.key(), record.value()), RuleSet.class);
                assertThat(is.rules()).as(record.key()).isEqualTo(was.rules());
                assertThat(is.meters()).as(record.key()).isEqualTo(was.meters());
            }
        }
    }

    @Test
    void writesNoRuleSetThatAlreadyHasTheLatestDecision() throws UnreadableEvent {
        // Given
        Map<String, PathDecision> decisions = recorded.state(PathDecision.TOPIC);
        Set<String> ready = ready();
        Set<String> latest = new HashSet<>();
        recorded.state(RuleSet.TOPIC).forEach((key, set) -> {
            PathDecision decision = decisions.get(set.owner().toString());
            if (ready.contains(set.owner().toString())
                    && decision != null
                    && set.revision().sameDecision(decision.revision())) {
                latest.add(key);
            }
        });
        assertThat(latest).hasSizeGreaterThan(3_000);

        // When
        List<ProducerRecord<String, byte[]>> written = startAndGoOn();

        // Then
        assertThat(written)
                .filteredOn(record -> record.topic().equals(Topic.RULES.topicName()))
                .noneMatch(record -> latest.contains(record.key()));
    }

    @Test
    void writesNoStatusOfAReadyNetwork() throws UnreadableEvent {
        // Given
        Set<String> ready = ready();

        // When
        List<ProducerRecord<String, byte[]>> written = startAndGoOn();

        // Then
        assertThat(written)
                .filteredOn(record -> record.topic().equals(Topic.STATUSES.topicName()))
                .noneMatch(record -> ready.contains(record.key()));
    }

    @Test
    void doubtsEveryReadyNetworkWhileTheGatewayStaysAway() throws UnreadableEvent {
        services = withoutGateway(allPartitions());

        assertThat(statuses(startAndGoOn())).containsAll(ready());
    }

    @Test
    void doubtsNoReadyNetworkWhenTheGatewayReturnedBeforeAllWasLoaded() throws UnreadableEvent {
        // Given
        services = withoutGateway(allPartitions());
        recorded.of(READ).forEach(shard::on);

        // When
        services = withoutGateway(Set.of());

        // Then
        assertThat(statuses(goOn())).doesNotContainAnyElementsOf(ready());
    }

    private Set<Integer> allPartitions() {
        return IntStream.range(0, recorded.partitions()).boxed().collect(Collectors.toSet());
    }

    private Services withoutGateway(Set<Integer> partitions) {
        String gateway = Services.SWITCH_GATEWAY;
        Absence absence = new Absence(gateway, recorded.at(), "is away");
        return new Services(
                Map.of(
                        gateway,
                        new Services.ServicePresence(
                                gateway,
                                null,
                                partitions.stream().collect(Collectors.toMap(partition -> partition, p -> absence)),
                                List.of())),
                null);
    }

    private static Set<String> statuses(List<ProducerRecord<String, byte[]>> written) {
        return written.stream()
                .filter(record -> record.topic().equals(Topic.STATUSES.topicName()))
                .map(ProducerRecord::key)
                .collect(Collectors.toSet());
    }

    @Test
    void movesRulesToTheForwardingTableOfAFinalisedSuiteWithoutAStatus() throws UnreadableEvent {
        // Given
        Set<String> ready = ready();
        Map<String, RuleSet> before = recorded.state(RuleSet.TOPIC);
        shard.finalisedFor(Topic.generation());

        // When
        List<ProducerRecord<String, byte[]>> written = startAndGoOn();

        // Then
        Set<String> moved = new HashSet<>();
        for (ProducerRecord<String, byte[]> record : written) {
            if (record.topic().equals(Topic.RULES.topicName())
                    && ready.contains(record.key().substring(record.key().indexOf('/') + 1))) {
                RuleSet was = Objects.requireNonNull(before.get(record.key()), record.key());
                RuleSet is = EventJson.read(
                        new Entry(Topic.RULES, 0, 0, Instant.EPOCH, record.key(), record.value()), RuleSet.class);
                assertThat(is.meters()).as(record.key()).isEqualTo(was.meters());
                assertThat(is.rules())
                        .as(record.key())
                        .hasSameSizeAs(was.rules())
                        .allMatch(rule -> rule.standsIn() == Table.FORWARDING
                                && was.rules().stream().anyMatch(rule::doesAs));
                moved.add(record.key());
            }
        }
        assertThat(moved).hasSizeGreaterThan(3_000);
        assertThat(written)
                .filteredOn(record -> record.topic().equals(Topic.STATUSES.topicName()) && ready.contains(record.key()))
                .extracting(record -> record.key() + " " + new String(record.value(), StandardCharsets.UTF_8))
                .isEmpty();
    }

    /** The shares of all links of this suite that path-service writes once it is finalised; before that it writes none. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void usesLinkMetersOnlyInAFinalisedSuite(int generation) throws UnreadableEvent {
        // Given
        shard.finalisedFor(generation);
        Set<LinkShare> shares = shares();
        assertThat(shares).hasSizeGreaterThan(5);
        shares.forEach(share -> shard.on(entryOf(share)));

        // When
        List<RuleSet> written = new ArrayList<>();
        for (ProducerRecord<String, byte[]> record : startAndGoOn()) {
            if (record.topic().equals(Topic.RULES.topicName()) && record.value() != null) {
                written.add(EventJson.read(
                        new Entry(Topic.RULES, 0, 0, Instant.EPOCH, record.key(), record.value()), RuleSet.class));
            }
        }

        // Then
        Set<String> links = written.stream()
                .filter(set -> set.owner() instanceof LinkPort)
                .map(RuleSet::key)
                .collect(Collectors.toSet());
        List<RuleSet> metered = written.stream()
                .filter(set -> set.rules().stream().anyMatch(RecordedRulesTest::passesMeterOfLink))
                .toList();
        if (generation == 0) {
            assertThat(links).isEmpty();
            assertThat(metered).isEmpty();
        } else {
            assertThat(links)
                    .containsExactlyInAnyOrderElementsOf(shares.stream()
                            .map(share -> share.datapathId() + "/" + share.link())
                            .toList());
            assertThat(metered).hasSizeGreaterThan(1_000);
        }
    }

    /** Returns one for each port by which traffic leaves over a link. */
    private Set<LinkShare> shares() throws UnreadableEvent {
        Set<LinkShare> shares = new LinkedHashSet<>();
        for (PathDecision decision : recorded.state(PathDecision.TOPIC).values()) {
            Circuit current = decision.current();
            Stream<Hop> hops = current == null
                    ? Stream.empty()
                    : current.routes().stream().flatMap(route -> route.hops().stream());
            hops.forEach(hop -> hop.branches().stream()
                    .flatMap(branch -> branch.faces().stream())
                    .forEach(face -> {
                        if (face.edge() instanceof Lane lane && lane.outPort() != null) {
                            shares.add(new LinkShare(
                                    decision.id().overlay(),
                                    hop.datapathId(),
                                    lane.outPort(),
                                    1_000_000_000,
                                    0,
                                    1_000_000_000));
                        }
                    }));
        }
        return shares;
    }

    private static Entry entryOf(LinkShare share) {
        return new Entry(Topic.LINK_SHARES, 0, 0, Instant.EPOCH, share.key(), EventJson.write(share));
    }

    private static boolean passesMeterOfLink(Rule rule) {
        return rule.actions().stream()
                .anyMatch(action -> action instanceof Action.ApplyMeter(int number) && LinkMeter.is(number));
    }

    /** Loads all records and acts until nothing is left to do, for up to an hour. */
    private List<ProducerRecord<String, byte[]>> startAndGoOn() {
        recorded.of(READ).forEach(shard::on);
        return goOn();
    }

    private List<ProducerRecord<String, byte[]>> goOn() {
        shard.loaded();
        List<ProducerRecord<String, byte[]>> written = new ArrayList<>();
        Instant end = recorded.at().plus(LATER);
        Instant now = recorded.at().plus(SOON);
        while (now != null && now.isBefore(end)) {
            Outbox out = new Outbox(recorded.partitions(), "flow-service");
            Instant next = shard.act(out, now);
            written.addAll(out.records());
            now = next == null || next.isAfter(now) ? next : now.plusMillis(1);
        }
        return written;
    }

    private Set<String> ready() throws UnreadableEvent {
        Set<String> ready = new LinkedHashSet<>();
        for (Map.Entry<String, NetworkStatus> status :
                recorded.state(NetworkStatus.TOPIC).entrySet()) {
            if (status.getValue().phase() == Phase.READY) {
                ready.add(status.getKey());
            }
        }
        return ready;
    }
}
