package io.vlink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.nio.NioEventLoopGroup;
import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.fixtures.FreePort;
import io.vlink.gateway.lab.FakeSwitch;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.World;
import io.vlink.log.Partitions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer that connects with a new datapath id each time fills neither memory nor topics. */
class StrangersIT {

    private static final int PARTITIONS = 8;
    /** Maximum number of strangers in a partition. */
    private static final int SHARE = 3;

    private static final Duration LONG = Duration.ofSeconds(60);

    private final World world = new World();
    private final NioEventLoopGroup group = new NioEventLoopGroup(1);
    private final List<FakeSwitch> opened = new ArrayList<>();
    private final GatewayProcess gateway =
            world.gateway(FreePort.find(), "vlink.gateway.undeclared-switches=" + PARTITIONS * SHARE);
    private final Records records = world.records();

    @AfterEach
    void close() {
        opened.forEach(FakeSwitch::close);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        world.close();
    }

    /** Returns datapath ids that all belong to one partition. */
    private static List<DatapathId> ids(long from, int many) {
        return LongStream.iterate(from, number -> number + 1)
                .mapToObj(DatapathId::new)
                .filter(id -> Partitions.of(id, PARTITIONS) == 0)
                .limit(many)
                .toList();
    }

    private FakeSwitch connect(DatapathId id) {
        FakeSwitch fake = new FakeSwitch(group, id, gateway.port());
        opened.add(fake);
        return fake;
    }

    private boolean isKnown(DatapathId id) {
        return records.last(Topic.SWITCHES, id.toString(), Switch.class).isPresent();
    }

    /** Waits long enough for the first write to a fresh Kafka on a busy machine; a failure shows the gateway's output. */
    private Switch awaitConnected(DatapathId id) {
        await().atMost(LONG).untilAsserted(() -> assertThat(records.last(Topic.SWITCHES, id.toString(), Switch.class))
                .as(() -> gateway.output())
                .matches(state -> state.filter(known -> known.state() == Switch.State.CONNECTED)
                        .isPresent()));
        return records.last(Topic.SWITCHES, id.toString(), Switch.class).orElseThrow();
    }

    private boolean isMeasured(DatapathId id) {
        return gateway.get("/q/metrics").contains("datapathId=\"" + id + "\"");
    }

    @Test
    void limitsUndeclaredSwitchesAndShowsEveryDeclaredOne() {
        // When
        List<DatapathId> ids = ids(0xfc_0001, 20);
        List<FakeSwitch> strangers = ids.stream().map(this::connect).toList();
        // Then
        await().atMost(LONG).untilAsserted(() -> assertThat(strangers.stream().filter(FakeSwitch::isConnected))
                .hasSize(SHARE));
        strangers.stream().filter(FakeSwitch::isConnected).forEach(known -> awaitConnected(known.id()));
        await().atMost(LONG).until(() -> gateway.output().contains("as are others that no node declares"));
        assertThat(ids.stream().filter(this::isKnown)).hasSize(SHARE);
        assertThat(gateway.output().lines().filter(line -> line.contains("as are others that no node declares")))
                .hasSize(1);
        // When: a refused switch is declared
        DatapathId declared =
                ids.stream().filter(id -> !isKnown(id)).findFirst().orElseThrow();
        World.put(records, World.node("declared", declared, null));
        // Then: it is served when it connects next
        await().atMost(LONG).until(() -> {
            if (!opened.getLast().id().equals(declared) || !opened.getLast().isConnected()) {
                connect(declared);
            }
            return isKnown(declared);
        });
        awaitConnected(declared);
    }

    @Test
    void dropsTheLongestDisconnectedSwitches() {
        // Given: more switches than allowed, recorded before there was a limit
        List<DatapathId> ids = ids(0xfd_0001, SHARE + 3);
        Instant longAgo = Instant.now().minusSeconds(1_000);
        for (DatapathId id : ids.subList(0, SHARE + 2)) {
            Instant since = longAgo.plusSeconds(ids.indexOf(id));
            records.put(Topic.PORTS, Partitions.of(id, PARTITIONS), port(id), oldPort(id));
            records.put(Topic.SWITCHES, Partitions.of(id, PARTITIONS), id.toString(), old(id, since));
        }
        // Then
        ids.subList(0, 2).forEach(this::awaitDropped);
        assertThat(ids.subList(2, SHARE + 2)).allMatch(this::isKnown);
        // When
        connect(ids.getLast());
        // Then
        awaitConnected(ids.getLast());
        awaitDropped(ids.get(2));
        assertThat(ids.subList(3, SHARE + 2)).allMatch(this::isKnown);
        assertThat(gateway.output().lines().filter(line -> line.contains("is forgotten to make room for others")))
                .hasSize(1);
    }

    @Test
    void keepsNothingOfASwitchThatWasRemovedOnRequest() {
        // Given
        DatapathId id = ids(0xfe_0001, 1).getFirst();
        FakeSwitch before = connect(id);
        Switch known = awaitConnected(id);
        records.await(Topic.PORTS, port(id), Port.class, Port::present);
        await().atMost(LONG).until(() -> isMeasured(id));
        before.close();
        records.await(Topic.SWITCHES, id.toString(), Switch.class, state -> state.state() == Switch.State.DISCONNECTED);
        // When
        records.tombstone(Topic.PORTS, id, port(id));
        records.tombstone(Topic.SWITCHES, id, id.toString());
        // Then
        await().atMost(LONG).until(() -> !isMeasured(id));
        // When
        connect(id);
        // Then
        assertThat(awaitConnected(id).since()).isAfter(known.since());
        records.await(Topic.PORTS, port(id), Port.class, Port::present);
        await().atMost(LONG).until(() -> isMeasured(id));
    }

    private void awaitDropped(DatapathId id) {
        records.awaitDeleted(Topic.SWITCHES, id.toString());
        records.awaitDeleted(Topic.PORTS, port(id));
        await().atMost(LONG).until(() -> !isMeasured(id));
    }

    private static String port(DatapathId id) {
        return new SwitchPort(id, PortNumber.of(1)).toString();
    }

    private static Port oldPort(DatapathId id) {
        return new Port(new SwitchPort(id, PortNumber.of(1)), 1, true, "p1", "", true, 0, null);
    }

    private static Switch old(DatapathId id, Instant since) {
        return new Switch(
                id, 1, Switch.State.DISCONNECTED, "gone", "gw", null, null, null, false, since, List.of(), null);
    }
}
