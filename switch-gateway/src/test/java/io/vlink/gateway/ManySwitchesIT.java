package io.vlink.gateway;

import static io.vlink.gateway.lab.World.egress;
import static io.vlink.gateway.lab.World.ingress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.nio.NioEventLoopGroup;
import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.rules.Meter;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.switches.Switch;
import io.vlink.gateway.lab.FakeSwitch;
import io.vlink.gateway.lab.GatewayProcess;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.SharedWorld;
import io.vlink.gateway.lab.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hundreds of switches on one gateway. */
@ExtendWith(SharedWorld.class)
class ManySwitchesIT {

    private static final int SWITCHES = 300;
    private static final int NETWORKS = 3;

    private final World world = SharedWorld.parts().world();
    private final GatewayProcess gateway = SharedWorld.parts().gateway();
    private final Records records = SharedWorld.parts().records();
    private final NioEventLoopGroup group = new NioEventLoopGroup(1);
    private final List<FakeSwitch> switches = new ArrayList<>();

    @AfterEach
    void close() {
        switches.forEach(FakeSwitch::close);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void writesTheRulesOfEachSwitch() {
        // Given
        List<RuleSet> sets = LongStream.rangeClosed(1, SWITCHES)
                .mapToObj(number -> new DatapathId(0xfa_0000 + number))
                .flatMap(id -> LongStream.rangeClosed(1, NETWORKS).mapToObj(n -> set(id, n)))
                .toList();
        sets.subList(0, sets.size() / 2).forEach(records::put);
        // When
        LongStream.rangeClosed(1, SWITCHES)
                .forEach(number ->
                        switches.add(new FakeSwitch(group, new DatapathId(0xfa_0000 + number), gateway.port())));
        sets.subList(sets.size() / 2, sets.size()).forEach(records::put);
        // Then
        sets.forEach(set -> World.awaitApplied(records, set));
        assertThat(switches).allMatch(FakeSwitch::isConnected).allMatch(one -> one.rules() == 2 * NETWORKS);
        switches.forEach(one -> assertThat(records.last(Topic.SWITCHES, one.id().toString(), Switch.class))
                .get()
                .matches(state -> state.state() == Switch.State.CONNECTED));
        // When
        switches.forEach(FakeSwitch::close);
        // Then
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(switches)
                .allMatch(one -> records.last(Topic.SWITCHES, one.id().toString(), Switch.class)
                        .filter(state -> state.state() == Switch.State.DISCONNECTED)
                        .isPresent()));
    }

    private RuleSet set(DatapathId id, long n) {
        return world.rules(
                id,
                "many-" + n,
                List.of(new Meter((int) n, 20_000, 400)),
                List.of(ingress(n, n, (int) n, (int) n, 9), egress(n, 9, (int) n, n)));
    }
}
