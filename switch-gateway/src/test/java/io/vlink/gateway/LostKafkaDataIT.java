package io.vlink.gateway;

import static io.vlink.gateway.lab.World.awaitApplied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.Topic;
import io.vlink.events.counters.RuleCounters;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.World;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rules in real switches stay when the data in Kafka was lost or replaced. */
class LostKafkaDataIT extends MarkedSwitchesFixture {

    @Test
    void keepsEveryRuleWhenKafkaWasEmptied() {
        // Given
        GatewayProcess first = world.gateway(port);
        List<String> before = installed("kept");

        // When: the gateway keeps running
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
            world.admin().deleteTopics(List.of(topic.topicName())).all().get(60, TimeUnit.SECONDS);
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
    void rewritesItsOwnTopicsAfterTheyWereDeleted() throws Exception {
        // Given
        GatewayProcess gateway = world.gateway(port);
        List<String> before = installed("rewritten");
        for (Topic topic : List.of(Topic.SWITCHES, Topic.PORTS, Topic.LINK_STATES, Topic.RULE_STATES)) {
            // When
            world.admin().deleteTopics(List.of(topic.topicName())).all().get(60, TimeUnit.SECONDS);

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
}
