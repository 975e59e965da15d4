package io.vlink.tests.vlinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vlink.tests.suite.Capture;
import io.vlink.tests.suite.Lab;
import io.vlink.tests.suite.Playground;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All frames of a workload pass, unchanged except for one bit. */
class FramesE2E {

    private static final String PAYLOAD = "0102030405060708".repeat(8);

    @Test
    void carriesIpv6() {
        try (Playground play = new Playground()) {
            play.joined("frames-six", "six-a", "fd00:1::1/64", "six-e", "fd00:1::2/64");

            assertThat(play.lab().ping("six-a", "fd00:1::2", 5, 0.05)).isEqualTo(5);
        }
    }

    @Test
    void carriesArp() {
        try (Playground play = new Playground()) {
            // Given
            play.joined("frames-arp", "arp-a", "10.9.0.1/24", "arp-e", "10.9.0.2/24");
            play.lab().exec("arp-a", "ip", "neigh", "flush", "all");

            // When
            play.lab().ping("arp-a", "10.9.0.2", 2, 0.05);

            // Then
            assertThat(play.lab().exec("arp-a", "ip", "neigh", "show", "10.9.0.2"))
                    .contains(play.lab().mac("arp-e"));
        }
    }

    @Test
    void carriesTaggedFramesUnchangedBothWays() throws Exception {
        try (Playground play = new Playground()) {
            // Given
            play.joined("frames-tags", "tag-a", "10.9.1.1/24", "tag-e", "10.9.1.2/24");
            Map<String, String> tags = new LinkedHashMap<>();
            tags.put("untagged", "");
            tags.put("single", "8100" + "0064");
            tags.put("single with priority", "8100" + "a064");
            tags.put("double", "8100" + "0064" + "8100" + "00c8");
            tags.put("802.1ad", "88a8" + "0064");
            tags.put("802.1ad over 802.1Q", "88a8" + "0064" + "8100" + "00c8");
            tags.put("triple", "8100" + "0001" + "8100" + "0002" + "8100" + "0003");

            for (String[] way : new String[][] {{"tag-a", "tag-e"}, {"tag-e", "tag-a"}}) {
                for (Map.Entry<String, String> tag : tags.entrySet()) {
                    // When, Then
                    arrives(play, way, tag.getKey(), tag.getValue(), tag.getValue());
                }
            }
        }
    }

    /**
     * Open vSwitch (seen with 3.1.0) uses the drop-eligible bit of the outermost tag to mark that a tag is present, and
     * clears it on entry, before any rule sees the frame (docs/pipeline.md). Priorities, ids, and all bits of inner
     * tags arrive.
     */
    @Test
    void losesOnlyTheDropEligibleBitOfTheOutermostTag() throws Exception {
        try (Playground play = new Playground()) {
            // Given
            play.joined("frames-dei", "dei-a", "10.9.4.1/24", "dei-e", "10.9.4.2/24");
            String[] way = {"dei-a", "dei-e"};

            // When, Then
            arrives(play, way, "drop eligible", "8100" + "1064", "8100" + "0064");
            arrives(play, way, "drop eligible with priority", "8100" + "b064", "8100" + "a064");
            arrives(play, way, "802.1ad, drop eligible", "88a8" + "1064", "88a8" + "0064");
            arrives(
                    play,
                    way,
                    "double, both drop eligible",
                    "8100" + "1064" + "8100" + "10c8",
                    "8100" + "0064" + "8100" + "10c8");
        }
    }

    private static void arrives(Playground play, String[] way, String what, String tags, String arriving)
            throws Exception {
        Lab lab = play.lab();
        String addresses = lab.mac(way[1]).replace(":", "") + lab.mac(way[0]).replace(":", "");
        String rest = "88b5" + PAYLOAD; // IEEE 802 local experimental
        try (Capture capture = Capture.at(lab, way[1])) {
            send(play, way[0], addresses + tags + rest);
            await(what + " frame from " + way[0])
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(capture.frames()).as(what).contains(addresses + arriving + rest));
        }
    }

    static void send(Playground play, String workload, String... frames) {
        String[] words = new String[5 + frames.length];
        words[0] = "python3";
        words[1] = play.suite()
                .root()
                .resolve("tests/src/test/resources/send_frames.py")
                .toString();
        words[2] = "eth0";
        words[3] = "3";
        words[4] = "0.01";
        System.arraycopy(frames, 0, words, 5, frames.length);
        play.lab().exec(workload, words);
    }
}
