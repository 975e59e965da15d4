package io.vlink.networkapi.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vlink.events.requests.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestReaderTest {

    private static final String PATH = "'spec':{'path':{'fromEndpoint':'a','toEndpoint':'b'}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'DeclareNetwork','requestId':'r','id':'default/default/n'," + PATH + "}",
                "{'type':'DeclareNetwork','requestId':'r','overlay':'default','namespace':'default','name':'n'," + PATH
                        + "}",
                "{'type':'DeclareNetwork','requestId':'r','name':'n'," + PATH + "}",
                "{'type':'DeclareNetwork','requestId':'r','id':'n'," + PATH + "}"
            })
    void readsTheIdOfANetworkInEveryForm(String document) {
        Intake.RequestOrigin asked = asked(document);

        assertThat(asked.requestId()).isEqualTo("r");
        assertThat(asked.overlay()).isEqualTo("default");
        assertThat(asked.subject()).isEqualTo("default/default/n");
        assertThat(Written.read(asked.request())).isInstanceOf(Request.DeclareNetwork.class);
    }

    @Test
    void readsTheGuidesManifestAsADeclaration() throws IOException {
        Intake intake = RequestReader.read(Files.readAllBytes(Path.of("../samples/vlink-sample.yaml")));

        assertThat(intake).isInstanceOfSatisfying(Intake.RequestOrigin.class, asked -> {
            assertThat(asked.requestId()).isNull();
            assertThat(asked.subject()).isEqualTo("default/default/vlink-sample");
            assertThat(Written.read(asked.request()))
                    .isInstanceOfSatisfying(Request.DeclareNetwork.class, declare -> assertThat(declare.spec())
                            .isEqualTo(NetworkReaderTest.SAMPLE));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'DeclareNode','id':'o/a','spec':{'datapathId':'a'}}",
                "{'type':'WithdrawNode','overlay':'o','name':'a','ifGeneration':3}",
                "{'type':'DeclareLink','id':'o/l','spec':{'from':{'node':'a','port':'p'},'to':{'node':'b','port':'q'},"
                        + "'capacityBits':'1G','latencyNanos':0}}",
                "{'type':'WithdrawLink','id':'o/l'}",
                "{'type':'WithdrawNetwork','id':'o/ns/n'}",
                "{'type':'DeclareAttachment','id':'o/ns/n/ping','spec':{'node':'a','port':'p'}}",
                "{'type':'DeclareAttachment','overlay':'o','namespace':'ns','network':'n','id':'ping','spec':{'node':'a','port':'p'}}",
                "{'type':'WithdrawAttachment','id':'o/ns/n/ping','ifGeneration':'0'}"
            })
    void readsEveryType(String document) {
        Intake.RequestOrigin asked = asked(document);

        Request request = Written.read(asked.request());
        assertThat(request.getClass().getSimpleName())
                .isEqualTo(Written.json(document).path("type").asText());
        assertThat(request.overlay()).isEqualTo("o").isEqualTo(asked.overlay());
        assertThat(request.subject()).isEqualTo(asked.subject());
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWithTheFieldAndReason(String document, List<String> violations) {
        assertThat(Written.violations(asked(document).request())).containsExactlyElementsOf(violations);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments("{'type':'WithdrawLink','overlay':'o','id':''}", List.of("$.id InvalidName")),
                arguments("{'type':'WithdrawNetwork','id':'Upper'}", List.of("$.id InvalidName")),
                arguments(
                        "{'type':'WithdrawAttachment','network':'n','namespace':'ns','id':'-'}",
                        List.of("$.id InvalidName")),
                arguments("{'type':'WithdrawNetwork'}", List.of("$.name Missing")),
                arguments("{'type':'WithdrawNetwork','id':'a/b'}", List.of("$.id InvalidName")),
                arguments("{'type':'WithdrawNetwork','id':'a/b/C'}", List.of("$.id InvalidName")),
                arguments("{'type':'WithdrawNetwork','id':['a']}", List.of("$.id WrongType", "$.name Missing")),
                arguments("{'type':'WithdrawNetwork','id':'a/b/c','spec':{}}", List.of("$.spec UnknownField")),
                arguments(
                        "{'type':'WithdrawNetwork','id':'a/b/c','ifGeneration':-1}",
                        List.of("$.ifGeneration NotANumber")),
                arguments(
                        "{'type':'WithdrawNetwork','id':'a/b/c','ifGeneration':1.5}",
                        List.of("$.ifGeneration NotANumber")),
                arguments(
                        "{'type':'WithdrawNetwork','id':'a/b/c','ifGeneration':1e400}",
                        List.of("$.ifGeneration NotANumber")),
                arguments("{'type':'DeclareNetwork','id':'a/b/c'}", List.of("$.spec Missing")),
                arguments(
                        "{'type':'DeclareNode','id':'o/a','spec':{'datapathid':'a'}}",
                        List.of("$.spec.datapathId Missing", "$.spec.datapathid UnknownField")),
                arguments(
                        "{'type':'DeclareNetwork','id':'a/b/c','spec':{'path':{'fromEndpoint':'a'}},'version':2}",
                        List.of("$.spec.path.toEndpoint Missing", "$.version UnknownField")),
                arguments(
                        "{'kind':'L2Network','metadata':{'name':'n'}}",
                        List.of("$.apiVersion Missing", "$.spec Missing")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'DeclareNode','requestedBy':'alice','id':'o/a','spec':{'datapathId':'a'}}",
                "{'type':'WithdrawNode','requestedBy':'alice','id':'o/a'}",
                "{'type':'DeclareLink','RequestedBy':'alice','id':'o/l','spec':{'from':{'node':'a','port':'p'},'to':{'node':'b','port':'q'},"
                        + "'capacityBits':'1G','latencyNanos':0}}",
                "{'type':'WithdrawLink','requestedBy':'alice','id':'o/l'}",
                "{'type':'DeclareNetwork','requestedBy':'alice','id':'o/ns/n'," + PATH + "}",
                "{'type':'WithdrawNetwork','requestedBy':'alice','id':'o/ns/n'}",
                "{'type':'DeclareAttachment','requestedBy':'alice','id':'o/ns/n/i','spec':{'node':'a','port':'p'}}",
                "{'type':'WithdrawAttachment','requestedBy':'alice','id':'o/ns/n/i'}"
            })
    void readsTheRequester(String document) {
        // When
        Intake.RequestOrigin asked = asked(document);

        // Then
        assertThat(asked.requestedBy()).isEqualTo("alice");
        assertThat(Written.read(asked.request()).requestedBy()).isEqualTo("alice");

        // When
        Intake.RequestOrigin silent = asked(document.replaceFirst("'[rR]equestedBy':'alice',", ""));

        // Then
        assertThat(silent.requestedBy()).isNull();
        assertThat(Written.read(silent.request()).requestedBy()).isNull();

        // When
        Intake.RequestOrigin nothing = asked(document.replace("'alice'", "null"));

        // Then
        assertThat(Written.read(nothing.request()).requestedBy()).isNull();
    }

    static Stream<Arguments> noNames() {
        return Stream.of(
                arguments("''", "OutOfRange", "it has 0"),
                arguments("'" + "x".repeat(254) + "'", "OutOfRange", "it has 254"),
                arguments("'" + "\\ud83d\\ude00".repeat(254) + "'", "OutOfRange", "it has 254"),
                arguments("' alice'", "InvalidText", "a space"),
                arguments("'ali\\u0007ce'", "InvalidText", "printable"),
                arguments("'ali\\nce'", "InvalidText", "printable"),
                arguments("'\\u202ealice'", "InvalidText", "printable"),
                arguments("'\\ud800'", "InvalidText", "U+D800"),
                arguments("['alice']", "WrongType", "The value must be text"),
                arguments("{'name':'alice'}", "WrongType", "The value must be text"),
                arguments("true", "WrongType", "The value must be text"));
    }

    @ParameterizedTest
    @MethodSource("noNames")
    void refusesInvalidRequesterNames(String name, String reason, String message) {
        Intake.RequestOrigin asked = asked("{'type':'WithdrawNetwork','id':'o/ns/n','requestedBy':%s}".formatted(name));

        assertThat(asked.requestedBy()).isNull();
        assertThat(Written.violations(asked.request())).containsExactly("$.requestedBy " + reason);
        assertThat(Written.message(asked.request())).contains(message);
    }

    /** The requester is not part of a declaration in any form. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'path':{'fromEndpoint':'a','toEndpoint':'b'},'requestedBy':'alice'}",
                "{'path':{'fromEndpoint':'a','toEndpoint':'b','requestedBy':'alice'}}"
            })
    void refusesTheRequesterInASpecification(String spec) {
        var plain = NetworkReader.read(Written.json(spec), DocumentScope.inNamespace("o", "ns", "n"));
        var within = asked("{'type':'DeclareNetwork','id':'o/ns/n','spec':%s}".formatted(spec));

        assertThat(Written.violations(plain)).singleElement().asString().endsWith("requestedBy UnknownField");
        assertThat(Written.violations(within.request()))
                .singleElement()
                .asString()
                .endsWith("requestedBy UnknownField");
    }

    @Test
    void keepsTheRequesterOfARefusedRequest() {
        assertThat(asked("{'type':'DeclareNetwork','id':'o/ns/n','requestedBy':'alice','spec':{}}")
                        .requestedBy())
                .isEqualTo("alice");
        assertThat(asked("{'type':'MakeCoffee','requestId':'r','requestedBy':'alice'}")
                        .requestedBy())
                .isEqualTo("alice");
    }

    @Test
    void keepsTheOverlayOfARefusedRequest() {
        Intake.RequestOrigin asked = asked("{'type':'DeclareNetwork','requestId':'r','id':'o/ns/n','spec':{}}");

        assertThat(asked.overlay()).isEqualTo("o");
        assertThat(asked.subject()).isEqualTo("o/ns/n");
        assertThat(asked.requestId()).isEqualTo("r");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "[]",
                "null",
                "7",
                "{}",
                "{'type':'MakeCoffee','id':'a/b/c'}",
                "{'type':7}",
                "{'kind':'Pod','metadata':{'name':'n'}}",
                "{'type':'WithdrawNetwork','id':'a/b/c'} trailing",
                "{'type':'WithdrawNetwork','type':'DeclareNetwork'}"
            })
    void reportsOtherDocumentsAsUnreadable(String document) {
        assertThat(RequestReader.read(bytes(document))).isInstanceOf(Intake.Unreadable.class);
    }

    @Test
    void reportsAMissingValueAsUnreadable() {
        assertThat(RequestReader.read(null))
                .isInstanceOfSatisfying(Intake.Unreadable.class, nothing -> assertThat(nothing.reason())
                        .startsWith("The record has no value. Send a request or an L2Network manifest.")
                        .contains("WithdrawNetwork"));
    }

    private static Intake.RequestOrigin asked(String document) {
        return switch (RequestReader.read(bytes(document))) {
            case Intake.RequestOrigin asked -> asked;
            case Intake.Unreadable unreadable -> throw new AssertionError(unreadable.reason());
        };
    }

    private static byte[] bytes(String document) {
        return document.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
