package io.vlink.gateway;

import static io.vlink.gateway.lab.World.awaitApplied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.switches.Switch;
import io.vlink.fixtures.FreePort;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.World;
import io.vlink.log.Partitions;
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
import org.junit.jupiter.api.Test;

/** Rules in real switches stay when another suite or build, or damaged data, contradicts them. */
class SuiteMarkIT extends MarkedSwitchesFixture {

    private static final List<String> PROTOCOLS = List.of("OpenFlow14", "OpenFlow13");

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
                .get(60, TimeUnit.SECONDS);
        TopicPartition partition = new TopicPartition(links, Partitions.of("default", Records.PARTITIONS));
        await().atMost(LONG) // the broker accepts the setting before it applies it
                .ignoreExceptionsMatching(e -> e.getCause() instanceof PolicyViolationException)
                .untilAsserted(() -> admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(1)))
                        .all()
                        .get(60, TimeUnit.SECONDS));

        // Then
        await().atMost(LONG).until(() -> gateway.get("/v1/possession").contains("Nothing in it is touched"));
        assertThat(gateway.output()).contains("Records of the topic vlink.links were deleted since 20");
        assertThat(ovs.flows("truncated")).isEqualTo(before);
    }

    @Test
    void leavesASwitchOfAnotherSuiteAlone() {
        // Given
        GatewayProcess gateway = world.gateway(port);
        Records records = world.records();
        DatapathId id = ovs.bridge("theirs", 2, "OpenFlow14");
        ovs.connect("theirs", FreePort.find()); // a bridge flushes all flows for its first controller
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
}
