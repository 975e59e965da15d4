package io.vlink.gateway.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of OVSDB servers. */
class OvsdbAddressTest {

    @Test
    void readsAddresses() {
        assertThat(OvsdbAddress.parse("tcp:10.0.0.1:6640")).contains(new OvsdbAddress("10.0.0.1", 6640));
        assertThat(OvsdbAddress.parse("tcp:[fd00::1]:6640")).contains(new OvsdbAddress("fd00::1", 6640));
        assertThat(OvsdbAddress.parse("tcp:node-a:1")).contains(new OvsdbAddress("node-a", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "tcp:", "10.0.0.1:6640", "tcp:h:0", "tcp:h:70000", "ssl:h:6640", "tcp:h", "tcp:a b:6640"})
    void readsNothingElse(String text) {
        assertThat(OvsdbAddress.parse(text)).isEmpty();
    }
}
