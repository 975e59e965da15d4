package io.vlink.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NetworkAnnotationTest {

    @Test
    void readsTheAnnotationOfTheGuide() {
        assertThat(NetworkAnnotation.read("""
                        [
                                    { "name": "vlink-sample",
                                      "ips": ["192.168.1.2/24"]
                                    }]"""))
                .isEqualTo(new NetworkAnnotation.Parsed(
                        List.of(new NetworkRequest(null, "vlink-sample", List.of("192.168.1.2/24"), null))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"n", "[{\"name\": \"n\"}]", "[\"n\"]", " n "})
    void readsANameInEveryForm(String text) {
        assertThat(NetworkAnnotation.read(text))
                .isEqualTo(new NetworkAnnotation.Parsed(List.of(new NetworkRequest(null, "n", List.of(), null))));
    }

    @Test
    void readsSeveralNetworksAndOtherNamespaces() {
        assertThat(NetworkAnnotation.read("one, ns/two"))
                .isEqualTo(new NetworkAnnotation.Parsed(List.of(
                        new NetworkRequest(null, "one", List.of(), null),
                        new NetworkRequest("ns", "two", List.of(), null))));
        assertThat(NetworkAnnotation.read(
                        "[{\"name\":\"n\",\"namespace\":\"ns\",\"ifname\":\"v0\",\"ips\":[\"fd00::1/64\"]}]"))
                .isEqualTo(new NetworkAnnotation.Parsed(
                        List.of(new NetworkRequest("ns", "n", List.of("fd00::1/64"), "v0"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | it is empty",
                "[] | the list is empty",
                "[{] | it is not valid JSON",
                "{\"name\": \"n\"} | it must be a list",
                "[{\"nam\": \"n\"}] | [0].nam is unknown; the known fields are name",
                "[{}] | [0].name is missing",
                "[7] | [0] must be an object",
                "N | the network (N) must be lower-case",
                "a,,b | the network () must be lower-case",
                "[{\"name\": \"n\", \"ips\": [\"1.2.3.4\"]}] | [0].ips[0] (1.2.3.4) must be an IP address with its prefix length",
                "[{\"name\": \"n\", \"ips\": [\"192.168.001.2/24\"]}] | [0].ips[0] (192.168.001.2/24) must be an IP address",
                "[{\"name\": \"n\", \"ips\": [\"192.168.1.0/24\"]}] | [0].ips[0]: its address 192.168.1.0 is that of the subnet",
                "[{\"name\": \"n\", \"ips\": [\"192.168.1.255/24\"]}] | [0].ips[0]: its address 192.168.1.255 is the broadcast",
                "[{\"name\": \"n\", \"ips\": [\"fd00::1/64\", \"fd00:0::1/64\"]}] | [0].ips[1] (fd00:0::1/64) is there twice",
                "[{\"name\": \"n\", \"ifname\": \"..\"}] | [0].ifname",
                "[{\"name\": \"n\", \"ifname\": \"a/b\"}] | [0].ifname",
                "[{\"name\": \"n\", \"ifname\": \"a b\"}] | [0].ifname",
                "[{\"name\": \"n\", \"ifname\": \"eth0\"}] | [0].ifname (eth0) is the name of an interface that every pod has",
                "[{\"name\": \"n\", \"ips\": \"1.2.3.4/8\"}] | [0].ips must be a list",
                "[{\"name\": \"n\", \"ifname\": \"much-too-long-a-name\"}] | [0].ifname",
                "[{\"name\": \"n\", \"ifname\": \"a\"}, {\"name\": \"m\", \"ifname\": \"a\"}] | two networks have the ifname a",
            })
    void reportsWhatIsWrongAndWhere(String text, String problem) {
        assertThat(NetworkAnnotation.read(text))
                .isInstanceOfSatisfying(
                        NetworkAnnotation.Unreadable.class, unreadable -> assertThat(unreadable.problems())
                                .anySatisfy(p -> assertThat(p).contains(problem)));
    }
}
