package io.vlink.tests.vlinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vlink.tests.suite.Api;
import io.vlink.tests.suite.Lab;
import io.vlink.tests.suite.Playground;
import io.vlink.tests.suite.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A reserved vlink keeps its bandwidth, no matter what others send over the same links. These get the rest. */
class ReservedE2E {

    private static final double CAPACITY = 100e6;
    private static final double RESERVED = 20e6;
    private static final List<String> THERE = List.of("link-thin");
    private static final List<String> BACK = List.of("link-thin-back");
    private static final String BROADCAST = "ff:ff:ff:ff:ff:ff";
    /** Size of a frame with 1,400 bytes of UDP payload. */
    private static final int FRAME = 1_442;

    private static final int PAYLOAD = 1_400;

    /** Maximum loss of a reserved vlink within its rate, in percent. */
    private static final double LOST = 0.1;

    /**
     * A cable from node-a to node-d that carries slightly more than the declared capacity of its links: each frame
     * there has a label of 4 bytes that does not count for a vlink.
     */
    private static final class Thin implements AutoCloseable {
        private final Suite suite = Suite.running();
        private final Lab lab = suite.lab();

        Thin() {
            lab.lay("a", "thin-d", "d", "thin-a");
            String tbf = "qdisc add dev thin-d root tbf rate 102mbit burst 32kb limit 500kb";
            lab.exec("a", ("tc " + tbf).split(" "));
            link("link-thin", "node-a", "thin-d", "node-d", "thin-a");
            link("link-thin-back", "node-d", "thin-a", "node-a", "thin-d");
        }

        private void link(String name, String from, String fromPort, String to, String toPort) {
            Api.Response response =
                    suite.api().put("/v1/overlays/default/links/" + name, """
                            {"from": {"node": "%s", "port": "%s"}, "to": {"node": "%s", "port": "%s"},
                             "capacityBits": "100M", "latencyNanos": "0.2ms"}""".formatted(from, fromPort, to, toPort));
            assertThat(response.status()).as("%s", response.body()).isBetween(200, 299);
        }

        @Override
        public void close() {
            suite.api().delete("/v1/overlays/default/links/link-thin");
            suite.api().delete("/v1/overlays/default/links/link-thin-back");
            lab.takeAway("a", "thin-d", "d", "thin-a");
        }
    }

    @Test
    void aReservedVlinkKeepsItsBandwidthUnderAFloodAndAStormThatGetTheRest() throws Exception {
        try (Thin thin = new Thin();
                Playground play = new Playground()) {
            // Given: a reserved vlink, one that floods from the node before, and one with a storm at the start of the
            // cable
            play.api()
                    .declare(
                            play.owns("kept"),
                            "node-a",
                            "node-d",
                            THERE,
                            BACK,
                            ", \"capabilities\": {\"bandwidthBits\": \"20M\"}");
            play.api()
                    .declare(
                            play.owns("flood"),
                            "node-c",
                            "node-d",
                            List.of("link-ca", "link-thin"),
                            List.of("link-thin-back", "link-ac"),
                            "");
            play.api().declare(play.owns("storm"), "node-a", "node-d", THERE, BACK, "");
            joined(play, "kept", "a", "kept-a", "kept-d", 1);
            joined(play, "flood", "c", "flood-c", "flood-d", 2);
            joined(play, "storm", "a", "storm-a", "storm-d", 3);
            Lab lab = thin.lab;
            assertThat(lab.linkMeters("a")).anyMatch(meter -> meter.contains("rate=80000 "));

            // Then: on a slow machine the compilers of a suite that has just started hold up the switches for a minute
            // or two
            await("the bandwidth is reserved")
                    .atMost(Duration.ofMinutes(4))
                    .untilAsserted(() -> assertHolds(play, lab));

            // When
            for (String network : List.of("kept", "flood", "storm")) {
                play.delete(network);
            }

            // Then
            await("unused links have no meters")
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(lab.linkMeters("a")).isEmpty());
        }
    }

    private static void assertHolds(Playground play, Lab lab) throws Exception {
        long quiet = received(lab, "flood-d") + received(lab, "storm-d");
        Process flood = flood(play, "flood-c", lab.mac("flood-d"));
        Process storm = flood(play, "storm-a", BROADCAST);
        Process server = lab.start("kept-d", "iperf3", "-s", "-1");
        try {
            await("they flood")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> received(lab, "flood-d") + received(lab, "storm-d") > quiet + 1_000 * FRAME);
            long before = received(lab, "flood-d") + received(lab, "storm-d");
            long meteredBefore = lab.metered("a");
            long droppedBefore = droppedByCable(lab);
            long began = System.nanoTime();

            // When: 19 Mbit/s of payload are 19.6 Mbit/s of frames
            JsonNode sum = sent(lab).path("end").path("sum");

            // Then
            double seconds = (System.nanoTime() - began) / 1e9;
            double rest = (received(lab, "flood-d") + received(lab, "storm-d") - before) * 8 / seconds;
            long metered = lab.metered("a") - meteredBefore;
            long dropped = droppedByCable(lab) - droppedBefore;
            double lost = sum.path("lost_percent").asDouble();
            double kept = sum.path("bits_per_second").asDouble() * (1 - lost / 100) * FRAME / PAYLOAD;
            assertThat(lost)
                    .as("the cable dropped %d, the meter %d: %s", dropped, metered, sum)
                    .isLessThanOrEqualTo(LOST);
            assertThat(kept).as("%s", sum).isGreaterThanOrEqualTo(0.95 * RESERVED);
            assertThat(rest)
                    .as("best-effort traffic")
                    .isBetween(0.9 * (CAPACITY - RESERVED), 1.1 * (CAPACITY - RESERVED));
        } finally {
            for (Process each : List.of(flood, storm, server)) {
                each.destroyForcibly();
            }
        }
    }

    /** Retries until iperf3's server listens: it does not report when it does. */
    private static JsonNode sent(Lab lab) throws IOException {
        String report = await("iperf3")
                .atMost(60, TimeUnit.SECONDS)
                .until(
                        () -> lab.tryExec(
                                "kept-a",
                                "iperf3",
                                "-c",
                                "10.31.1.2",
                                "-u",
                                "-b",
                                "19M",
                                "-l",
                                Integer.toString(PAYLOAD),
                                "-t",
                                "5",
                                "-J"),
                        result -> result.exitCode() == 0)
                .output();
        return new ObjectMapper().readTree(report);
    }

    /** Sends as much as the cable carries, and leaves the processors to the switches when they need them. */
    private static Process flood(Playground play, String workload, String destination) {
        return play.lab()
                .start(
                        workload,
                        "nice",
                        "-n",
                        "19",
                        "python3",
                        play.suite()
                                .root()
                                .resolve("tests/src/test/resources/flood_frames.py")
                                .toString(),
                        "eth0",
                        destination,
                        Integer.toString(FRAME),
                        "100",
                        "30");
    }

    private static long droppedByCable(Lab lab) throws IOException {
        String queues = lab.exec("a", "tc", "-s", "-j", "qdisc", "show", "dev", "thin-d");
        return new ObjectMapper().readTree(queues).path(0).path("drops").asLong();
    }

    private static long received(Lab lab, String workload) {
        return Long.parseLong(lab.exec(workload, "cat", "/sys/class/net/eth0/statistics/rx_bytes")
                .strip());
    }

    private static void joined(Playground play, String network, String node, String here, String there, int subnet) {
        play.plug(node, here, "10.31.%d.1/24".formatted(subnet));
        play.plug("d", there, "10.31.%d.2/24".formatted(subnet));
        play.attach(network, node, here);
        play.attach(network, "d", there);
        play.awaitPhase(network, "Ready");
        play.awaitAnswer(here, "10.31.%d.2".formatted(subnet));
    }
}
