package io.vlink.gateway;

import static io.vlink.gateway.lab.World.awaitApplied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.counters.RuleCounters;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.switches.Switch;
import io.vlink.fixtures.FreePort;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.OpenVSwitch;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.World;
import io.vlink.log.Partitions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gateways that stop, die, freeze, and come back. */
class RestartIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final World world = new World();
    private final OpenVSwitch ovs = world.openVSwitch();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void sendsNoFlowModAfterARestart() {
        // Given
        int port = FreePort.find();
        GatewayProcess first = world.gateway(port);
        Records records = world.records();
        DatapathId id = ovs.bridge("restart", 2, "OpenFlow14");
        ovs.connect("restart", port);
        RuleSet set = world.sample(id, "one", 1);
        RuleSet other = world.sample(id, "two", 2);
        records.put(set);
        records.put(other);
        awaitApplied(records, set);
        awaitApplied(records, other);
        List<String> before = ovs.flows("restart");
        RuleSet meanwhile = world.sample(id, "two", 2);
        // When
        first.kill();
        records.put(meanwhile);
        GatewayProcess second = world.gateway(port);
        // Then
        awaitApplied(records, meanwhile);
        assertThat(second.output()).contains("in sync: 4 rules, 0 changes");
        assertThat(second.metric("vlink_gateway_flow_mods_total")).isZero();
        assertThat(ovs.flows("restart")).isEqualTo(before);
        // When: a rule set changes while no gateway runs
        second.close();
        assertThat(ovs.flows("restart")).isEqualTo(before);
        RuleSet empty = world.rules(id, "one", List.of(), List.of());
        records.put(empty);
        GatewayProcess third = world.gateway(port);
        // Then
        awaitApplied(records, empty);
        assertThat(ovs.flows("restart")).hasSize(2);
        assertThat(ovs.meters("restart")).contains("meter=2").doesNotContain("meter=1 ");
        assertThat(third.metric("vlink_gateway_flow_mods_total")).isEqualTo(2);
    }

    @Test
    void deletesOnlyCountersThatNoNetworkHasRulesFor() {
        // Given
        int port = FreePort.find();
        GatewayProcess first = world.gateway(port);
        Records records = world.records();
        DatapathId id = ovs.bridge("strays", 2, "OpenFlow14");
        ovs.connect("strays", port);
        RuleSet set = world.sample(id, "kept", 1);
        records.put(set);
        awaitApplied(records, set);
        records.await(Topic.COUNTERS, set.key(), RuleCounters.class, counters -> true);
        first.kill();
        DatapathId unknown = DatapathId.of("00000000000abcde");
        List<String> strays =
                IntStream.range(0, 1_200).mapToObj(number -> "stray-" + number).toList();
        strays.forEach(stray -> records.putCounters(id, stray));
        records.putCounters(unknown, "kept");
        records.putRaw(Topic.COUNTERS, Partitions.of(id, Records.PARTITIONS), "not ours", new byte[0]);
        records.await(Topic.COUNTERS, unknown + "/" + World.network("kept"), RuleCounters.class, counters -> true);
        // When
        GatewayProcess second = world.gateway(port);
        // Then
        strays.forEach(stray -> records.awaitDeleted(Topic.COUNTERS, id + "/" + World.network(stray)));
        records.awaitDeleted(Topic.COUNTERS, unknown + "/" + World.network("kept"));
        await().atMost(LONG).until(() -> second.output().contains("in sync: 2 rules, 0 changes"));
        assertThat(records.last(Topic.COUNTERS, set.key(), RuleCounters.class)).isPresent();
        assertThat(records.history(Topic.COUNTERS))
                .noneMatch(line -> line.contains(set.key() + " null"))
                .noneMatch(line -> line.contains("not ours null"));
        // When: stray counters arrive later, they stay, as counters are read only once
        records.putCounters(id, "late");
        RuleSet next = world.sample(id, "kept", 2);
        records.put(next);
        awaitApplied(records, next);
        // Then
        assertThat(records.last(Topic.COUNTERS, id + "/" + World.network("late"), RuleCounters.class))
                .isPresent();
    }

    @Test
    void changesNothingWhenItResumesAfterAnotherTookOver() {
        // Given: two gateways, and a switch that connects to both
        int portA = FreePort.find();
        int portB = FreePort.find();
        GatewayProcess a = world.gateway(portA, "vlink.gateway.name=a");
        Records records = world.records();
        DatapathId id = ovs.bridge("two", 2, "OpenFlow14");
        ovs.vsctl("set-controller", "two", "tcp:127.0.0.1:" + portA, "tcp:127.0.0.1:" + portB);
        ovs.vsctl("--bare", "--columns=_uuid", "list", "controller")
                .lines()
                .filter(uuid -> !uuid.isBlank())
                .forEach(uuid -> ovs.vsctl("set", "controller", uuid, "max_backoff=1000"));
        records.await(Topic.SWITCHES, id.toString(), Switch.class, state -> state.gateway()
                .equals("a"));
        GatewayProcess b = world.gateway(portB, "vlink.gateway.name=b");
        String owner = awaitOneMaster(records, id);
        GatewayProcess master = owner.equals("a") ? a : b;
        RuleSet set = world.sample(id, "n", 1);
        records.put(set);
        awaitApplied(records, set);
        // When
        master.signal("STOP");
        // Then
        Switch taken = records.await(
                Topic.SWITCHES,
                id.toString(),
                Switch.class,
                state -> state.state() == Switch.State.CONNECTED
                        && !state.gateway().equals(owner));
        RuleSet next = world.sample(id, "n", 2);
        records.put(next);
        awaitApplied(records, next);
        // When
        master.signal("CONT");
        // Then
        RuleSet last = world.sample(id, "n", 3);
        records.put(last);
        awaitApplied(records, last);
        await().atMost(LONG).untilAsserted(() -> assertThat(roles()).containsExactlyInAnyOrder("master", "slave"));
        assertThat(ovs.flows("two")).hasSize(2).allMatch(flow -> flow.contains("000000300"));
        assertThat(records.last(Topic.SWITCHES, id.toString(), Switch.class))
                .get()
                .matches(state -> state.epoch() >= taken.epoch());
    }

    private String awaitOneMaster(Records records, DatapathId id) {
        await().atMost(LONG).untilAsserted(() -> assertThat(roles()).containsExactlyInAnyOrder("master", "slave"));
        String target = ovs.vsctl("--bare", "--columns=target", "find", "controller", "role=master")
                .strip();
        return records.last(Topic.SWITCHES, id.toString(), Switch.class)
                .filter(state -> !target.isEmpty())
                .orElseThrow()
                .gateway();
    }

    private List<String> roles() {
        return ovs.vsctl("--bare", "--columns=role", "list", "controller")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    @Test
    void failsWithAClearMessageIfItsPortIsTaken() throws Exception {
        // Given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // When
            GatewayProcess gateway = world.launch(taken.getLocalPort());
            // Then
            assertThat(gateway.exitCode()).isNotZero();
            assertThat(gateway.output())
                    .contains(
                            "Cannot listen for switches on", ":" + taken.getLocalPort(), "Is another gateway running");
        }
    }
}
