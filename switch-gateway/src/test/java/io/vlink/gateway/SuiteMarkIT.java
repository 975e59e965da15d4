package io.vlink.gateway;

import static io.vlink.gateway.lab.World.awaitApplied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.counters.RuleCounters;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.OpenVSwitch;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.World;
import io.vlink.log.Partitions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules in real switches stay when the data in Kafka was lost or replaced. */
class SuiteMarkIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    /** Maximum number of log lines of a gateway. */
    private static final int LINES = 200;

    private static final List<String> PROTOCOLS = List.of("OpenFlow14", "OpenFlow13");

    private final World world = new World();
    private final OpenVSwitch ovs = world.openVSwitch();
    private final int port = OpenVSwitch.freePort();

    private DatapathId bridge = DatapathId.of("0000000000000001");

    @TempDir
    private Path files;

    @SuppressWarnings("NullAway.Init")
    SuiteMarkIT() {}

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void marksSwitchesWithoutAffectingTraffic() {
        // Given
        GatewayProcess gateway = world.gateway(port);
        Records records = world.records();
        for (String protocol : PROTOCOLS) {
            DatapathId id = ovs.bridge(protocol, 2, protocol);
            ovs.connect(protocol, port);
            RuleSet set = world.rules(id, "v", List.of(), List.of(World.egress(1, 1, 7, 2)));
            records.put(set);
            awaitApplied(records, set);
        }

        // Then: the marker holds the last offset written to the switch, and no frame matches it
        for (String bridge : PROTOCOLS) {
            await().atMost(LONG).untilAsserted(() -> assertThat(ovs.markers(bridge))
                    .singleElement()
                    .satisfies(marker -> assertThat(marker)
                            .matches("cookie=0x564c20000000000[12], priority=0,metadata=0x.* actions=drop")));
            assertThat(ovs.appctl("ofproto/trace", bridge, "in_port=1,dl_vlan=7,dl_src=02:00:00:00:00:01"))
                    .contains("output:2");
            assertThat(ovs.appctl("ofproto/trace", bridge, "in_port=2,dl_src=02:00:00:00:00:01"))
                    .contains("Datapath actions: drop")
                    .doesNotContain("metadata=0x");
        }

        // When: another gateway reads it back
        List<List<String>> before = PROTOCOLS.stream().map(ovs::markers).toList();
        gateway.kill();
        GatewayProcess next = world.gateway(port);
        await().atMost(LONG)
                .until(() -> next.output()
                                .lines()
                                .filter(line -> line.contains("in sync: 1 rules, 0 changes"))
                                .count()
                        == PROTOCOLS.size());

        // Then
        assertThat(PROTOCOLS.stream().map(ovs::markers)).containsExactlyElementsOf(before);
        assertThat(next.metric("vlink_gateway_flow_mods_total")).isZero();
    }

    @Test
    void keepsEveryRuleWhenKafkaWasEmptied() {
        // Given
        GatewayProcess first = world.gateway(port);
        List<String> before = installed("kept");

        // When: the gateway goes on running
        world.stopKafka();
        world.startKafka(files.resolve("empty"));

        // Then
        await().atMost(LONG).until(() -> first.get("/q/health/ready").contains("Kafka was emptied or swapped"));
        assertThat(first.isReady()).isFalse();
        assertThat(ovs.flows("kept")).isEqualTo(before);
        assertThat(first.output().lines()).hasSizeLessThan(LINES);

        // When: a new gateway starts
        first.kill();
        GatewayProcess second = world.launch(port);

        // Then
        await().atMost(LONG).until(() -> second.get("/v1/possession").contains("Kafka was emptied or swapped"));
        assertThat(second.isReady()).isFalse();
        assertThat(ovs.flows("kept")).isEqualTo(before);
        assertThat(ovs.meters("kept")).contains("meter=1");
        assertThat(second.output().lines().filter(line -> line.contains("is left alone:")))
                .hasSize(1);

        // When: old counters arrive late, as a producer held them while Kafka was away
        Records records = world.records();
        String late = bridge + "/" + World.network("late");
        records.putCounters(bridge, "late");
        records.await(Topic.COUNTERS, late, RuleCounters.class, counters -> true);
        assertThat(second.post("/v1/possession", "{\"decision\": \"keep\"}")).contains("must be");
        assertThat(second.post("/v1/possession", "{\"decision\": \"adopt\"}")).contains("decided");

        // Then
        records.awaitDeleted(Topic.COUNTERS, late);
        await().atMost(LONG).until(second::isReady);
        await().atMost(LONG).untilAsserted(() -> assertThat(ovs.flows("kept")).isEmpty());
        await().atMost(LONG).untilAsserted(() -> assertThat(ovs.meters("kept")).doesNotContain("meter=1"));
        assertThat(second.output().lines()).hasSizeLessThan(LINES);
    }

    @Test
    void keepsEveryRuleWhenATopicFromWhichRulesAreDerivedIsDeleted() throws Exception {
        // Given
        GatewayProcess gateway = world.gateway(port);
        for (Topic topic : List.of(Topic.NODES, Topic.NETWORKS, Topic.PATHS)) {
            List<String> before = installed(topic.name());
            long lines = gateway.output().lines().count();

            // When: the topic is deleted, and services write rules without its data
            world.admin().deleteTopics(List.of(topic.topicName())).all().get(10, TimeUnit.SECONDS);
            await().atMost(LONG).until(() -> gateway.get("/v1/possession").contains("Kafka was emptied or swapped"));
            try (Records records = world.records()) {
                RuleSet none = world.rules(bridge, "v", List.of(), List.of());
                records.put(none);
                await().atMost(LONG).until(() -> records.history(Topic.RULES).stream()
                        .anyMatch(line -> line.contains("\"revision\":\"%d.%d."
                                .formatted(
                                        none.revision().generation(),
                                        none.revision().step()))));
            }

            // Then
            assertThat(ovs.flows(topic.name())).isEqualTo(before);
            assertThat(gateway.isReady()).isFalse();
            assertThat(gateway.output()).contains("The topic " + topic + " is gone since 20");
            await().atMost(LONG)
                    .until(() -> world.admin().listTopics().names().get().contains(topic.topicName()));

            // When
            gateway.post("/v1/possession", "{\"decision\": \"adopt\"}");

            // Then
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(ovs.flows(topic.name())).isEmpty());
            await().atMost(LONG).until(gateway::isReady);
            assertThat(gateway.output().lines().count() - lines).isLessThan(LINES);
        }
    }

    @Test
    void keepsEveryRuleWhileARuleSetOfALaterBuildStands() {
        // Given
        GatewayProcess gateway = world.gateway(port);
        List<String> before = installed("later");
        RuleSet later = world.rules(bridge, "w", List.of(), List.of(World.egress(2, 1, 8, 2)));
        try (Records records = world.records()) {
            // When
            records.putOfLaterBuild(later);

            // Then: even if other rule sets change
            await().atMost(LONG).until(() -> gateway.get("/q/health/ready").contains("has the schema number "));
            assertThat(gateway.isReady()).isFalse();
            records.put(world.rules(bridge, "v", List.of(), List.of()));
            await().during(Duration.ofSeconds(4)).atMost(LONG).until(() -> ovs.flows("later")
                    .equals(before));
            assertThat(gateway.output().lines()).hasSizeLessThan(LINES);

            // When
            records.tombstone(Topic.RULES, bridge, later.key());
        }

        // Then
        await().atMost(LONG).until(gateway::isReady);
        await().atMost(LONG).untilAsserted(() -> assertThat(ovs.flows("later")).isEmpty());
    }

    @Test
    void keepsEveryRuleWhenRecordsWereDeleted() throws Exception {
        // Given
        GatewayProcess gateway = world.gateway(port);
        try (Records records = world.records()) {
            records.put(Topic.LINKS, "default", "default/link-ab", World.link("link-ab", "a", "p", "b", "q"));
        }
        List<String> before = installed("truncated");

        // When
        Admin admin = world.admin();
        String links = Topic.LINKS.topicName();
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, links),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET))))
                .all()
                .get(10, TimeUnit.SECONDS);
        TopicPartition partition = new TopicPartition(links, Partitions.of("default", Records.PARTITIONS));
        await().atMost(LONG) // the broker accepts the setting before it applies it
                .ignoreExceptionsMatching(e -> e.getCause() instanceof PolicyViolationException)
                .untilAsserted(() -> admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(1)))
                        .all()
                        .get(10, TimeUnit.SECONDS));

        // Then
        await().atMost(LONG).until(() -> gateway.get("/v1/possession").contains("Nothing in it is touched"));
        assertThat(gateway.output()).contains("Records of the topic vlink.links were deleted since 20");
        assertThat(ovs.flows("truncated")).isEqualTo(before);
    }

    @Test
    void rewritesItsOwnTopicsAfterTheyWereDeleted() throws Exception {
        // Given
        GatewayProcess gateway = world.gateway(port);
        List<String> before = installed("rewritten");
        for (Topic topic : List.of(Topic.SWITCHES, Topic.PORTS, Topic.LINK_STATES, Topic.RULE_STATES)) {
            // When
            world.admin().deleteTopics(List.of(topic.topicName())).all().get(10, TimeUnit.SECONDS);

            // Then
            await().atMost(LONG).until(() -> gateway.output().contains(topic + " was recreated or is gone"));
            await().atMost(LONG)
                    .until(() -> world.admin().listTopics().names().get().contains(topic.topicName()));
            try (Records records = world.records()) {
                records.await(
                        Topic.SWITCHES,
                        bridge.toString(),
                        Switch.class,
                        state -> state.state() == Switch.State.CONNECTED);
                await().atMost(LONG).until(() -> records.history(Topic.PORTS).stream()
                        .anyMatch(line -> line.contains(bridge + "/1 ")));
                await().atMost(LONG).until(() -> records.history(Topic.RULE_STATES).stream()
                        .anyMatch(line -> line.contains("/v/" + bridge + " {") && !line.contains("\"applied\":false")));
            }
            await().atMost(LONG).until(gateway::isReady);
            assertThat(ovs.flows("rewritten")).isEqualTo(before);
        }
    }

    @Test
    void keepsEveryRuleWhenKafkaIsAnOlderCopy() {
        // Given
        GatewayProcess first = world.gateway(port);
        installed("older");
        Path copy = files.resolve("copy");
        world.stopKafka();
        World.copy(world.kafka(), copy);
        world.startKafka(world.kafka());
        Records records = world.records();
        RuleSet later = world.sample(bridge, "later", 2);
        records.put(later);
        awaitApplied(records, later);
        await().atMost(LONG).until(() -> ovs.markers("older").getFirst().startsWith("cookie=0x564c200000000002"));
        records.close();
        List<String> before = ovs.flows("older");

        // When
        world.stopKafka();
        world.startKafka(copy);
        first.kill();
        GatewayProcess second = world.launch(port);

        // Then
        await().atMost(LONG).until(() -> second.get("/v1/possession").contains("older than the switch"));
        assertThat(ovs.flows("older")).isEqualTo(before).hasSize(4);

        // When: the correct data is back
        world.stopKafka();
        world.startKafka(world.kafka());

        // Then
        await().atMost(LONG).until(() -> second.output().contains("in sync: 4 rules, 0 changes"));
        assertThat(ovs.flows("older")).isEqualTo(before);
        await().atMost(LONG).until(second::isReady);
    }

    @Test
    void leavesASwitchOfAnotherSuiteAlone() {
        // Given
        GatewayProcess gateway = world.gateway(port);
        Records records = world.records();
        DatapathId id = ovs.bridge("theirs", 2, "OpenFlow14");
        ovs.connect("theirs", OpenVSwitch.freePort()); // a bridge flushes all flows for its first controller
        ovs.ofctl("add-flow", "theirs", "cookie=0x564c200000000009,table=0,priority=0,metadata=0xbb,actions=drop");
        ovs.ofctl("add-flow", "theirs", "cookie=0x564c1000000ff000,table=0,priority=100,in_port=1,actions=output:2");
        RuleSet set = world.sample(id, "wanted", 1);
        records.put(set);

        // When
        ovs.connect("theirs", port);

        // Then
        Switch refused = records.await(
                Topic.SWITCHES, id.toString(), Switch.class, state -> state.state() == Switch.State.REFUSED);
        assertThat(refused.reason()).contains("00000000000000bb", "./vlink suite adopt " + id);
        assertThat(World.awaitError(records, set).error()).contains("00000000000000bb");
        assertThat(ovs.flows("theirs")).hasSize(1);
        assertThat(ovs.markers("theirs")).hasSize(1);

        // When
        assertThat(gateway.post("/v1/possession", "{\"decision\": \"clear\", \"switches\": [\"" + id + "\"]}"))
                .contains(id.toString());

        // Then
        awaitApplied(records, set);
        assertThat(ovs.flows("theirs")).hasSize(2);
        assertThat(ovs.markers("theirs")).singleElement().satisfies(marker -> assertThat(marker)
                .doesNotContain("metadata=0xbb"));
        records.await(Topic.SWITCHES, id.toString(), Switch.class, state -> state.state() == Switch.State.CONNECTED);
    }

    private List<String> installed(String name) {
        try (Records records = world.records()) {
            bridge = ovs.bridge(name, 2, "OpenFlow14");
            ovs.connect(name, port);
            RuleSet set = world.sample(bridge, "v", 1);
            records.put(set);
            awaitApplied(records, set);
            await().atMost(LONG)
                    .until(() -> ovs.markers(name).size() == 1
                            && ovs.markers(name).getFirst().matches("cookie=0x564c2[0-9a-f]{10}[1-9a-f],.*"));
            return ovs.flows(name);
        }
    }
}
