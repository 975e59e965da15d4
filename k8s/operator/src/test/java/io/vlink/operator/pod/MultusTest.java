package io.vlink.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MultusTest {

    private static final Multus.Selection OURS =
            new Multus.Selection(Multus.Way.ADDRESSED, "ns", "n", List.of("10.0.0.1/24"), "v0", null);
    private static final String OURS_WRITTEN =
            "{\"name\":\"ip.n\",\"namespace\":\"ns\",\"ips\":[\"10.0.0.1/24\"],\"interface\":\"v0\"}";

    @Test
    void addsToTheAuthorsAnnotation() {
        assertThat(Multus.merged(null, List.of(OURS))).isEqualTo("[" + OURS_WRITTEN + "]");
        assertThat(Multus.merged("[{\"name\":\"x\",\"mac\":\"02:00:00:00:00:01\"}]", List.of(OURS)))
                .isEqualTo("[{\"name\":\"x\",\"mac\":\"02:00:00:00:00:01\"}," + OURS_WRITTEN + "]");
        assertThat(Multus.merged("other/x@eth7, y", List.of(OURS)))
                .isEqualTo("[{\"interface\":\"eth7\",\"namespace\":\"other\",\"name\":\"x\"},{\"name\":\"y\"},"
                        + OURS_WRITTEN + "]");
    }

    @Test
    void plugsAManifestTakenFromARunningPodOnce() {
        String running = Multus.merged("x", List.of(OURS));

        assertThat(Multus.merged(running, List.of(OURS))).isEqualTo(running);
    }

    @Test
    void refusesAnAnnotationThatIsNotAList() {
        assertThatThrownBy(() -> Multus.merged("{\"name\":\"x\"}", List.of(OURS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it must be a list");
        assertThatThrownBy(() -> Multus.merged("[{", List.of(OURS))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesTwoInterfacesOfOneName() {
        assertThatThrownBy(() -> Multus.merged("x@v0", List.of(OURS)))
                .hasMessage("two interfaces would be called v0; choose another ifname");
        assertThatThrownBy(() -> Multus.merged("y@net2, x", List.of())).hasMessageContaining("net2");
    }

    @Test
    void definesOneNetworkWithAddressesAndOneWithout() {
        assertThat(Multus.Way.ADDRESSED.configuration("n", "br0"))
                .isEqualTo("{\"cniVersion\":\"0.4.0\",\"name\":\"ip.n\",\"type\":\"ovs\",\"bridge\":\"br0\","
                        + "\"capabilities\":{\"ips\":true},\"ipam\":{\"type\":\"static\"}}");
        assertThat(Multus.Way.PLAIN.configuration("n", "br0"))
                .isEqualTo("{\"cniVersion\":\"0.4.0\",\"name\":\"l2.n\",\"type\":\"ovs\",\"bridge\":\"br0\"}");
    }

    @Test
    void readsThePluggedInterfaces() {
        assertThat(Multus.plugged(
                        "[{\"name\":\"cbr0\",\"interface\":\"eth0\",\"ips\":[\"10.244.1.2\"],\"default\":true,\"dns\":{}},"
                                + "{\"name\":\"ns/ip.n\",\"interface\":\"net1\",\"ips\":[\"10.0.0.1\"],\"mac\":\"02:00:00:00:00:01\",\"dns\":{}}]",
                        "[" + OURS_WRITTEN + "]"))
                .contains(new Multus.Plugged("ns/ip.n", "net1", List.of("10.0.0.1/24")));
        assertThat(Multus.plugged(null, null)).isEmpty();
        assertThat(Multus.plugged("nonsense", null)).isEmpty();
    }
}
