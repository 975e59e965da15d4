package io.vlink.networkapi.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherApiTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /onos/vnets/api/status | GET /q/health/ready",
                "POST | /onos/vnets/api | PUT /v1/overlays/default/namespaces/default/networks/NAME with",
                "POST | /onos/vlinks/api | PUT /v1/overlays/default/namespaces/default/networks/NAME with",
                "GET | /onos/vnets/api/web | GET /v1/overlays/default/namespaces/default/networks/web.",
                "DELETE | /onos/vnets/api/web | DELETE /v1/overlays/default/namespaces/default/networks/web.",
                "POST | /onos/vnets/api/port | PUT /v1/overlays/default/namespaces/default/networks/NAME/attachments/ID with",
                "DELETE | /onos/vnets/api/port | DELETE /v1/overlays/default/namespaces/default/networks/NAME/attachments/ID.",
                "POST | /onos/vnets/api/mirror-port | Mirrors are not built",
                "GET | /onos/v1/devices | /q/openapi lists the paths",
                "GET | /onos | /q/openapi lists the paths"
            })
    void namesThePathThatReplacesOneOfL2sm(String method, String path, String instead) {
        assertThat(OtherApi.instead(method, path)).hasValueSatisfying(words -> assertThat(words)
                .startsWith("This is a path of L2S-M's controller, which is not served here. ")
                .contains(instead));
    }

    @Test
    void saysNothingAboutOtherPaths() {
        assertThat(OtherApi.instead("GET", "/v1/nothing")).isEmpty();
        assertThat(OtherApi.instead("GET", "/onosphere")).isEmpty();
    }
}
