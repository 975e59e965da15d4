package io.vlink.gateway;

import static io.vlink.gateway.lab.World.awaitApplied;
import static io.vlink.gateway.lab.World.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.nio.NioEventLoopGroup;
import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.switches.Switch;
import io.vlink.events.switches.SwitchWarning;
import io.vlink.gateway.lab.FakeSwitch;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.OpenVSwitch;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.SharedWorld;
import io.vlink.gateway.lab.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.projectfloodlight.openflow.protocol.OFBarrierRequest;
import org.projectfloodlight.openflow.protocol.OFBundleCtrlMsg;

/** A datapath id has one session, no matter how many switches claim it. */
@ExtendWith(SharedWorld.class)
class SessionsIT {

    private final World world = SharedWorld.parts().world();
    private final GatewayProcess gateway = SharedWorld.parts().gateway();
    private final OpenVSwitch ovs = SharedWorld.parts().ovs();
    private final Records records = SharedWorld.parts().records();
    private final NioEventLoopGroup group = new NioEventLoopGroup(1);
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private OpenVSwitch another() {
        OpenVSwitch other = OpenVSwitch.start();
        opened.add(other);
        return other;
    }

    private FakeSwitch fake(DatapathId id) {
        FakeSwitch fake = new FakeSwitch(group, id, gateway.port());
        opened.add(fake);
        return fake;
    }

    private Switch awaitConnected(DatapathId id) {
        return records.await(
                Topic.SWITCHES, id.toString(), Switch.class, state -> state.state() == Switch.State.CONNECTED);
    }

    private static DatapathId cloned(OpenVSwitch other, String bridge, DatapathId id) {
        other.bridge("first-ports-have-other-addresses", 3, "OpenFlow14");
        other.bridge(bridge, 2, "OpenFlow14");
        other.vsctl("set", "bridge", bridge, "other-config:datapath-id=" + id);
        return id;
    }

    private long seenStates(DatapathId id, Switch.State state) {
        return records.history(Topic.SWITCHES).stream()
                .filter(line -> line.contains(id.toString()) && line.contains("\"state\":\"" + stateWord(state) + "\""))
                .count();
    }

    private static String stateWord(Switch.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    @Test
    void keepsTheSwitchThatAnswersAndReportsTheOther() {
        // Given
        DatapathId id = ovs.bridge("twin", 2, "OpenFlow14");
        ovs.connect("twin", gateway.port());
        Switch connected = awaitConnected(id);
        OpenVSwitch other = another();
        cloned(other, "clone", id);
        // When
        other.connect("clone", gateway.port());
        // Then
        Switch warned = records.await(Topic.SWITCHES, id.toString(), Switch.class, state -> !state.allWarnings()
                .isEmpty());
        assertThat(warned.allWarnings()).singleElement().satisfies(warning -> {
            assertThat(warning.reason()).isEqualTo("DuplicateDatapathId");
            assertThat(warning.message()).contains("from 127.0.0.1 (first as 127.0.0.1:");
        });
        await().atMost(Duration.ofSeconds(60))
                .until(() -> other.vsctl("--bare", "--columns=status", "list", "controller")
                                .contains("state=BACKOFF")
                        || !other.vsctl("--bare", "--columns=is_connected", "list", "controller")
                                .contains("true"));
        RuleSet set = world.sample(id, "twin", 41);
        records.put(set);
        awaitApplied(records, set);
        assertThat(ovs.flows("twin")).hasSize(2);
        assertThat(other.flows("clone")).noneMatch(flow -> flow.contains("0x564c"));
        assertThat(records.last(Topic.SWITCHES, id.toString(), Switch.class))
                .get()
                .matches(state -> state.since().equals(connected.since()))
                .matches(state -> state.state() == Switch.State.CONNECTED);
        assertThat(seenStates(id, Switch.State.DISCONNECTED)).isZero();
        assertThat(gateway.output()
                        .lines()
                        .filter(line ->
                                line.contains("Another switch with this datapath id") && line.contains(id.toString())))
                .hasSize(1);
    }

    @Test
    void servesTheSwitchAtTheRecordedOvsdbThoughAnotherCameFirst() {
        // Given
        DatapathId id = ovs.bridge("recorded", 2, "OpenFlow14");
        OpenVSwitch other = another();
        cloned(other, "clone", id);
        World.put(records, node("recorded", id, ovs.ovsdb()));
        other.connect("clone", gateway.port());
        Switch first = awaitConnected(id);
        // When
        ovs.connect("recorded", gateway.port());
        // Then
        Switch right = records.await(
                Topic.SWITCHES,
                id.toString(),
                Switch.class,
                state -> !String.valueOf(state.address()).equals(first.address())
                        && state.state() == Switch.State.CONNECTED);
        RuleSet set = world.sample(id, "recorded", 42);
        records.put(set);
        awaitApplied(records, set);
        assertThat(ovs.flows("recorded")).hasSize(2);
        assertThat(other.flows("clone")).noneMatch(flow -> flow.contains("0x564c"));
        records.await(Topic.SWITCHES, id.toString(), Switch.class, state -> state.allWarnings().stream()
                .map(SwitchWarning::reason)
                .anyMatch("DuplicateDatapathId"::equals));
        assertThat(records.last(Topic.SWITCHES, id.toString(), Switch.class))
                .get()
                .matches(state -> String.valueOf(state.address()).equals(right.address()));
    }

    @Test
    void replacesAHalfOpenSessionAfterTwoSeconds() {
        // Given
        DatapathId id = new DatapathId(0xfb_0001);
        FakeSwitch dead = fake(id);
        Switch connected = awaitConnected(id);
        dead.ignore(message -> true);
        // When
        Instant began = Instant.now();
        fake(id);
        Switch again =
                records.await(Topic.SWITCHES, id.toString(), Switch.class, state -> !String.valueOf(state.address())
                        .equals(connected.address()));
        // Then
        assertThat(again.state()).isEqualTo(Switch.State.CONNECTED);
        assertThat(again.allWarnings()).isEmpty();
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(4));
        await().until(() -> !dead.isConnected());
    }

    @Test
    void endsTheSessionOfASwitchThatNeverConfirms() {
        // Given
        DatapathId id = new DatapathId(0xfb_0002);
        FakeSwitch hung = fake(id);
        awaitConnected(id);
        hung.ignore(message -> message instanceof OFBundleCtrlMsg || message instanceof OFBarrierRequest);
        // When
        RuleSet set = world.sample(id, "hung", 43);
        records.put(set);
        // Then
        Switch ended = records.await(
                Topic.SWITCHES, id.toString(), Switch.class, state -> state.state() == Switch.State.DISCONNECTED);
        assertThat(ended.reason()).contains("has not answered a", "for 10 s", "It is served again from 20");
        await().until(() -> !hung.isConnected());
        // When
        fake(id);
        // Then
        awaitConnected(id);
        awaitApplied(records, set);
    }

    @Test
    void endsTheSessionOfASwitchThatNoLongerReads() {
        // Given
        DatapathId id = new DatapathId(0xfb_0003);
        FakeSwitch hung = fake(id);
        awaitConnected(id);
        // When
        hung.talkWithoutReading();
        // Then
        Switch ended = records.await(
                Topic.SWITCHES, id.toString(), Switch.class, state -> state.state() == Switch.State.DISCONNECTED);
        assertThat(ended.reason()).contains("for 10 s", "It is served again from 20");
    }
}
