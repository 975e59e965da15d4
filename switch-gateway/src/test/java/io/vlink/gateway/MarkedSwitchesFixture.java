package io.vlink.gateway;

import static io.vlink.gateway.lab.World.awaitApplied;
import static org.awaitility.Awaitility.await;

import io.vlink.events.DatapathId;
import io.vlink.events.rules.RuleSet;
import io.vlink.fixtures.FreePort;
import io.vlink.gateway.lab.OpenVSwitch;
import io.vlink.gateway.lab.Records;
import io.vlink.gateway.lab.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A suite of its own for each test: Kafka, an Open vSwitch and gateways. */
abstract class MarkedSwitchesFixture {

    static final Duration LONG = Duration.ofSeconds(60);
    /** Maximum number of log lines of a gateway. */
    static final int LINES = 200;

    final World world = new World();
    final OpenVSwitch ovs = world.openVSwitch();
    final int port = FreePort.find();

    DatapathId bridge = DatapathId.of("0000000000000001");

    @TempDir
    Path files;

    @SuppressWarnings("NullAway.Init")
    MarkedSwitchesFixture() {}

    @AfterEach
    void close() {
        world.close();
    }

    /** Creates a bridge with an applied rule set and the mark of the suite, and returns its flows. */
    List<String> installed(String name) {
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
