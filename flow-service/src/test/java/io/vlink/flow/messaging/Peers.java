package io.vlink.flow.messaging;

import static io.vlink.flow.sample.Sample.START;
import static io.vlink.flow.sample.Sample.decision;
import static io.vlink.flow.sample.Sample.dpid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import io.vlink.events.Topic;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.RuleState;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.statuses.Phase;
import io.vlink.events.switches.Switch;
import io.vlink.flow.compile.SwitchRules;
import io.vlink.log.EventJson;
import io.vlink.log.Partitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The services around flow-service, as a test plays them: path-service, and a gateway that is present from the start. */
final class Peers implements AutoCloseable {

    static final int PARTITIONS = 8;
    static final Duration DEADLINE = Duration.ofSeconds(60);

    final KafkaDesk desk;
    private GatewayBeats gateway;

    Peers(String bootstrapServers) {
        desk = new KafkaDesk(bootstrapServers, PARTITIONS);
        gateway = new GatewayBeats(desk, PARTITIONS);
    }

    @Override
    public void close() {
        gateway.close();
        desk.close();
    }

    void stopGateway() {
        gateway.close();
    }

    void startGateway() {
        gateway = new GatewayBeats(desk, PARTITIONS);
    }

    long countOf(Topic topic, NetworkId id) {
        return desk.records(topic).stream()
                .filter(record -> record.key().endsWith(id.toString()))
                .count();
    }

    static Revision revisionOf(byte[] ruleSet) {
        try {
            return EventJson.mapper().readValue(ruleSet, RuleSet.class).revision();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void connect(char node) {
        Switch state =
                new Switch(dpid(node), 1, Switch.State.CONNECTED, null, "gateway-1", null, "1.4", null, true, START);
        desk.write(
                Topic.SWITCHES,
                Partitions.of(dpid(node), PARTITIONS),
                dpid(node).toString(),
                state);
    }

    void write(PathDecision decision) {
        desk.write(
                Topic.PATHS,
                Partitions.of(decision.id().overlay(), PARTITIONS),
                decision.id().toString(),
                decision);
    }

    void confirm(RuleSet set) {
        RuleState state = RuleState.applied(set.owner(), set.datapathId(), 1, set.revision());
        desk.write(Topic.RULE_STATES, Partitions.of(set.owner().overlay(), PARTITIONS), state.key(), state);
    }

    Map<DatapathId, RuleSet> awaitSets(NetworkId id, int count) {
        await().atMost(DEADLINE).until(() -> sets(id).size() == count);
        return sets(id);
    }

    Map<DatapathId, RuleSet> sets(NetworkId id) {
        Map<DatapathId, RuleSet> sets = new HashMap<>();
        desk.state(Topic.RULES, RuleSet.class).values().stream()
                .filter(set -> set.owner().equals(id))
                .forEach(set -> sets.put(set.datapathId(), set));
        return sets;
    }

    static SwitchRules contentOf(Map<DatapathId, RuleSet> sets, DatapathId datapathId) {
        return Optional.ofNullable(sets.get(datapathId)).map(SwitchRules::of).orElse(SwitchRules.NONE);
    }

    NetworkStatus awaitPhase(NetworkId id, Phase phase) {
        await().atMost(DEADLINE)
                .untilAsserted(
                        () -> assertThat(status(id)).map(NetworkStatus::phase).contains(phase));
        return status(id).orElseThrow();
    }

    Optional<NetworkStatus> status(NetworkId id) {
        return desk.state(Topic.STATUSES, NetworkStatus.class).values().stream()
                .filter(status -> status.id().equals(id))
                .findFirst();
    }
}
