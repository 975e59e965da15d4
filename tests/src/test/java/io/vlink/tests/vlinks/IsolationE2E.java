package io.vlink.tests.vlinks;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.tests.suite.Api;
import io.vlink.tests.suite.Capture;
import io.vlink.tests.suite.Lab;
import io.vlink.tests.suite.Playground;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No workload receives frames of another network. */
class IsolationE2E {

    private static final String BROADCAST = "ffffffffffff";
    private static final String EXPERIMENTAL = "88b5";

    @Test
    void keepsTwoVlinksOverTheSameLinksApart() {
        try (Playground play = new Playground()) {
            // Given: both use the same addresses, so only the vlinks separate them
            play.joined("apart-one", "one-a", "10.8.0.1/24", "one-e", "10.8.0.2/24");
            play.joined("apart-two", "two-a", "10.8.0.1/24", "two-e", "10.8.0.2/24");
            Lab lab = play.lab();

            try (Capture one = Capture.at(lab, "one-e");
                    Capture two = Capture.at(lab, "two-e")) {
                // When
                FramesE2E.send(play, "one-a", marked("11", "aa"));
                FramesE2E.send(play, "two-a", marked("22", "bb"));
                one.awaitFrame("aa".repeat(50));
                two.awaitFrame("bb".repeat(50));

                // Then
                assertThat(one.frames()).noneMatch(f -> f.contains("bb".repeat(50)));
                assertThat(two.frames()).noneMatch(f -> f.contains("aa".repeat(50)));
                assertThat(lab.ping("one-a", "10.8.0.2", 5, 0.02)).isEqualTo(5);
                assertThat(lab.ping("two-a", "10.8.0.2", 5, 0.02)).isEqualTo(5);
            }
        }
    }

    @Test
    void sendsNothingToAThirdWorkloadOnTheSameSwitch() {
        try (Playground play = new Playground()) {
            // Given
            play.joined("third", "third-a", "10.8.1.1/24", "third-e", "10.8.1.2/24");
            play.plug("a", "ear-a", "10.8.1.9/24");
            play.plug("d", "ear-d");
            Lab lab = play.lab();

            try (Capture near = Capture.at(lab, "ear-a");
                    Capture far = Capture.at(lab, "ear-d")) {
                // When
                assertThat(lab.ping("third-a", "10.8.1.2", 10, 0.02)).isEqualTo(10);
                FramesE2E.send(play, "third-a", marked("11", "cc"));

                // Then
                assertThat(near.frames()).isEmpty();
                assertThat(far.frames()).isEmpty();
                assertThat(lab.answers("ear-a", "10.8.1.2")).isFalse();
            }
        }
    }

    @Test
    void sendsFramesToTheControllersAddressOnlyToThePeer() {
        try (Playground play = new Playground()) {
            // Given
            play.joined("control", "ctl-a", "10.8.2.1/24", "ctl-e", "10.8.2.2/24");
            Lab lab = play.lab();
            String controller = lab.managementAddress();
            String segment = tcpSyn(lab.mac("ctl-a"), controller, play.suite().openflowPort());
            play.joined("control-two", "ctl-b", "10.8.3.1/24", "ctl-f", "10.8.3.2/24");

            try (Capture peer = Capture.at(lab, "ctl-e");
                    Capture other = Capture.at(lab, "ctl-f")) {
                // When
                FramesE2E.send(play, "ctl-a", segment);

                // Then
                peer.awaitFrame(segment);
                assertThat(other.frames()).noneMatch(segment::equals);
            }
        }
    }

    @Test
    void neverLeaksWhileLabelsAreFreedAndTakenInQuickSuccession() throws Exception {
        try (Playground play = new Playground()) {
            // Given: one vlink under traffic that stays, and one that is created and deleted over the same links
            play.joined("stays", "stay-a", "10.8.4.1/24", "stay-e", "10.8.4.2/24");
            play.plug("a", "churn-a", "10.8.4.1/24");
            play.plug("e", "churn-e", "10.8.4.2/24");
            Lab lab = play.lab();
            Process flood = lab.start("stay-a", sender(play, "100000", "0.005", marked("11", "dd")));
            Process flood2 = lab.start("churn-a", sender(play, "100000", "0.005", marked("22", "ee")));

            try (Capture stays = Capture.at(lab, "stay-e");
                    Capture churns = Capture.at(lab, "churn-e")) {
                // When: the second vlink is repeatedly deleted and replaced at once
                for (int i = 0; i < 12; i++) {
                    String network = "churn-" + i;
                    play.declare(network);
                    play.attach(network, "a", "churn-a");
                    play.attach(network, "e", "churn-e");
                    play.awaitPhase(network, "Ready");
                    churns.awaitFrame("ee".repeat(50));
                    play.api().delete(Api.network("default", network) + "/attachments/churn-a");
                    play.api().delete(Api.network("default", network) + "/attachments/churn-e");
                    play.delete(network);
                }

                // Then
                assertThat(stays.frames()).anyMatch(f -> f.contains("dd".repeat(50)));
                assertThat(stays.frames()).noneMatch(f -> f.contains("ee".repeat(50)));
                assertThat(churns.frames()).noneMatch(f -> f.contains("dd".repeat(50)));
            } finally {
                flood.destroy();
                flood2.destroy();
            }
        }
    }

    private static String marked(String source, String filling) {
        return BROADCAST + "0200000000" + source + EXPERIMENTAL + filling.repeat(60);
    }

    private static String[] sender(Playground play, String count, String interval, String frame) {
        return new String[] {
            "python3",
            play.suite()
                    .root()
                    .resolve("tests/src/test/resources/send_frames.py")
                    .toString(),
            "eth0",
            count,
            interval,
            frame
        };
    }

    /** An Ethernet broadcast that carries a TCP SYN to the controller. */
    private static String tcpSyn(String sourceMac, String address, int port) {
        StringBuilder destination = new StringBuilder();
        for (String part : List.of(address.split("\\.", -1))) {
            destination.append("%02x".formatted(Integer.parseInt(part)));
        }
        String ip = "4500002800010000400600000a080201" + destination;
        String tcp = "3039" + "%04x".formatted(port) + "00000001000000005002ffff00000000";
        return BROADCAST + sourceMac.replace(":", "") + "0800" + ip + tcp + "000000000000";
    }
}
