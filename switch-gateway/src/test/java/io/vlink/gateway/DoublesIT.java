package io.vlink.gateway;

import static io.vlink.gateway.lab.World.awaitApplied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.nio.NioEventLoopGroup;
import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.switches.Switch;
import io.vlink.fixtures.FreePort;
import io.vlink.gateway.lab.FakeSwitch;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A datapath id has one session even if two switches claim it at two gateways. */
class DoublesIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int RIGHT = 1;
    private static final int DOUBLE = 2;

    private final World world = new World();
    private final NioEventLoopGroup group = new NioEventLoopGroup(1);
    private final List<FakeSwitch> opened = new ArrayList<>();
    private final GatewayProcess a = world.gateway(FreePort.find(), "vlink.gateway.name=a");
    private final GatewayProcess b = world.gateway(FreePort.find(), "vlink.gateway.name=b");
    private final Records records = world.records();

    @AfterEach
    void close() {
        opened.forEach(FakeSwitch::close);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        world.close();
    }

    private FakeSwitch connect(DatapathId id, int host, GatewayProcess gateway) {
        FakeSwitch fake = new FakeSwitch(group, id, host, gateway.port());
        opened.add(fake);
        return fake;
    }

    /** Waits long enough for the first write to a fresh Kafka on a busy machine; a failure shows the gateways' output. */
    private Switch awaitConnected(DatapathId id) {
        await().atMost(LONG).untilAsserted(() -> assertThat(records.last(Topic.SWITCHES, id.toString(), Switch.class))
                .as(() -> a.output() + b.output())
                .matches(state -> state.filter(known -> known.state() == Switch.State.CONNECTED)
                        .isPresent()));
        return records.last(Topic.SWITCHES, id.toString(), Switch.class).orElseThrow();
    }

    /** Returns the gateway that owns a switch, found with a switch that connects to both and disconnects. */
    private GatewayProcess owner(DatapathId id) {
        FakeSwitch first = connect(id, RIGHT, a);
        FakeSwitch second = connect(id, RIGHT, b);
        String name = awaitConnected(id).gateway();
        first.close();
        second.close();
        records.await(Topic.SWITCHES, id.toString(), Switch.class, state -> state.state() == Switch.State.DISCONNECTED);
        return name.equals("a") ? a : b;
    }

    private void awaitNamed(DatapathId id, String words) {
        Switch warned = records.await(Topic.SWITCHES, id.toString(), Switch.class, state -> !state.allWarnings()
                .isEmpty());
        assertThat(warned.state()).isEqualTo(Switch.State.CONNECTED);
        assertThat(warned.address()).startsWith("127.0.0.1:");
        assertThat(warned.allWarnings()).singleElement().satisfies(warning -> {
            assertThat(warning.reason()).isEqualTo("DuplicateDatapathId");
            assertThat(warning.message()).contains(words, "127.0.0.2");
        });
    }

    @Test
    void reportsADoubleAtAnotherGatewayAndWritesNothingToIt() {
        // Given
        DatapathId id = new DatapathId(0xf9_0001);
        GatewayProcess owner = owner(id);
        FakeSwitch right = connect(id, RIGHT, owner);
        Switch connected = awaitConnected(id);
        // When
        FakeSwitch other = connect(id, DOUBLE, owner == a ? b : a);
        // Then
        awaitNamed(id, "is connected to gateway");
        RuleSet set = world.sample(id, "twin", 41);
        records.put(set);
        awaitApplied(records, set);
        assertThat(right.rules()).isPositive();
        assertThat(other.rules()).isZero();
        assertThat(records.last(Topic.SWITCHES, id.toString(), Switch.class))
                .get()
                .matches(state -> state.since().equals(connected.since()));
    }

    @Test
    void keepsTheOwnersSwitchAtEveryGatewayThoughItsDoubleCameFirst() {
        // Given
        DatapathId id = new DatapathId(0xf9_0002);
        GatewayProcess owner = owner(id);
        GatewayProcess other = owner == a ? b : a;
        connect(id, RIGHT, owner);
        awaitConnected(id);
        FakeSwitch clone = connect(id, DOUBLE, other);
        awaitNamed(id, "is connected to gateway");
        // When
        FakeSwitch standby = connect(id, RIGHT, other);
        // Then
        await().atMost(LONG).until(() -> !clone.isConnected());
        assertThat(standby.isConnected()).isTrue();
        // When
        RuleSet set = world.sample(id, "twin", 42);
        records.put(set);
        awaitApplied(records, set);
        FakeSwitch again = connect(id, DOUBLE, other);
        owner.kill();
        // Then
        Switch taken = records.await(
                Topic.SWITCHES,
                id.toString(),
                Switch.class,
                state -> state.state() == Switch.State.CONNECTED
                        && state.gateway().equals(other == a ? "a" : "b"));
        assertThat(taken.address()).startsWith("127.0.0.1:");
        await().atMost(LONG).until(() -> standby.rules() > 0);
        assertThat(again.rules()).isZero();
        assertThat(clone.rules()).isZero();
    }

    @Test
    void reportsADoubleThatAGatewayOtherThanTheOwnerRefuses() {
        // Given
        DatapathId id = new DatapathId(0xf9_0003);
        GatewayProcess owner = owner(id);
        GatewayProcess other = owner == a ? b : a;
        connect(id, RIGHT, owner);
        awaitConnected(id);
        FakeSwitch standby = connect(id, RIGHT, other);
        await().atMost(LONG).until(() -> other.output().contains("Switch connected"));
        // When
        FakeSwitch clone = connect(id, DOUBLE, other);
        // Then
        awaitNamed(id, "tries to connect");
        await().atMost(LONG).until(() -> !clone.isConnected());
        assertThat(standby.isConnected()).isTrue();
    }
}
