package io.vlink.networkapi.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vlink.events.AttachmentId;
import io.vlink.events.PortLocator;
import io.vlink.events.attachments.AttachmentSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class AttachmentReaderTest {

    @Test
    void readsAnAttachment() {
        var declaration = Written.read(AttachmentReader.read(
                Written.json("{'id':'ping','node':'node-a','port':'veth0','ips':['192.168.1.2/24','fd00::2/64']}"),
                DocumentScope.inNetwork("default", "ns", "vlink-sample", null)));

        assertThat(declaration.id()).isEqualTo(AttachmentId.of("default/ns/vlink-sample/ping"));
        assertThat(declaration.spec())
                .isEqualTo(new AttachmentSpec(
                        "node-a", new PortLocator("veth0"), List.of("192.168.1.2/24", "fd00::2/64")));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void refusesWithTheFieldAndReason(String document, List<String> violations) {
        assertThat(Written.violations(AttachmentReader.read(
                        Written.json(document), DocumentScope.inNetwork("default", "default", "n", "ping"))))
                .containsExactlyElementsOf(violations);
    }

    static Stream<Arguments> documents() {
        return Stream.of(
                arguments("{}", List.of("$.node Missing", "$.port Missing")),
                arguments("{'id':'pong','node':'a','port':'p'}", List.of("$.id Mismatch")),
                arguments("{'node':'a','port':'p','ip':'192.168.1.2/24'}", List.of("$.ip UnknownField")),
                arguments("{'node':'a','port':'p','ips':'192.168.1.2/24'}", List.of("$.ips WrongType")),
                arguments(
                        "{'node':'a','port':'p','ips':['192.168.1.2','192.168.1.2/33','fd00::2/129','1.2.3/8','::g/64',7,'10.0.0.1/8']}",
                        List.of(
                                "$.ips[0] InvalidAddress",
                                "$.ips[1] InvalidAddress",
                                "$.ips[2] InvalidAddress",
                                "$.ips[3] InvalidAddress",
                                "$.ips[4] InvalidAddress",
                                "$.ips[5] InvalidAddress")),
                arguments("{'node':'a','port':4294967041}", List.of("$.port InvalidPort")));
    }
}
