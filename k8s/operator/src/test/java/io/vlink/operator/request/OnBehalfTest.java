package io.vlink.operator.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vlink.events.text.Principals;
import org.junit.jupiter.api.Test;

final class OnBehalfTest {

    private static final OperatorRequest REQUEST =
            OperatorRequest.withdraw(OperatorRequest.Verb.WITHDRAW_NETWORK, "o/ns/n");

    @Test
    void namesTheResourceThatTheRequestIsFor() {
        assertThat(requestedBy(OnBehalf.network("ns", "n"))).isEqualTo("vlink-operator:L2Network/ns/n");
        assertThat(requestedBy(OnBehalf.overlay("o"))).isEqualTo("vlink-operator:Overlay/o");
    }

    @Test
    void cutsNamesThatAreTooLong() {
        String by = requestedBy(OnBehalf.network("n".repeat(63), "x".repeat(200)));

        assertThat(by)
                .hasSize(Principals.MAX_LENGTH)
                .startsWith("vlink-operator:L2Network/nnn")
                .endsWith("xxx...");
        assertThat(Principals.isPrincipal(by)).isTrue();
    }

    @Test
    void isNotPartOfTheSpec() {
        // Given
        OperatorRequest declared = OperatorRequest.declare(
                OperatorRequest.Verb.DECLARE_NETWORK,
                "o/ns/n",
                null,
                JsonNodeFactory.instance.objectNode().put("type", "vlink"));

        // Then
        assertThat(declared.request("r", null).has("requestedBy")).isFalse();
        assertThat(declared.request("r", OnBehalf.network("ns", "n"))
                        .at("/spec/requestedBy")
                        .isMissingNode())
                .isTrue();
    }

    private static String requestedBy(OnBehalf of) {
        return REQUEST.request("r", of).path("requestedBy").asText();
    }
}
