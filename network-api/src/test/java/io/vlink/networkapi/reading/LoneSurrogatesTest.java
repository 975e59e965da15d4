package io.vlink.networkapi.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.reasons.Violation;
import io.vlink.events.requests.Request;
import io.vlink.events.text.Unicode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Half of a surrogate pair is refused in all text, and no answer repeats it. */
final class LoneSurrogatesTest {

    private static final String ENDS = "'fromEndpoint':'a','toEndpoint':'b'";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "DeclareNetwork | {'path':{'name':'\\ud800'," + ENDS + "}} | $.spec.path.name InvalidText",
                "DeclareNetwork | {'path':{" + ENDS
                        + "},'reverse-path':{'name':'x\\udfff','fromEndpoint':'b','toEndpoint':'a'}}"
                        + " | $.spec['reverse-path'].name InvalidText",
                "DeclareNetwork | {'path':{'fromEndpoint':'\\ud800','toEndpoint':'b'}} | $.spec.path.fromEndpoint InvalidText",
                "DeclareNetwork | {'path':{'links':['\\udc00']," + ENDS + "}} | $.spec.path.links[0] InvalidText",
                "DeclareNetwork | {'path':{" + ENDS + ",'capabilities':{'bandwidthBits':'\\ud800'}}}"
                        + " | $.spec.path.capabilities.bandwidthBits NotANumber",
                "DeclareNetwork | {'path':{" + ENDS + "},'protection':'\\ud800'} | $.spec.protection InvalidText",
                "DeclareNetwork | {'path':{" + ENDS + "},'\\ud800':1} | $.spec['\ufffd'] UnknownField",
                "DeclareNode | {'datapathId':'a','ovsdb':'tcp:\\ud800:6640'} | $.spec.ovsdb InvalidText",
                "DeclareNode | {'datapathId':'a','tunnelAddress':'\\ud800'} | $.spec.tunnelAddress InvalidText",
                "DeclareNode | {'datapathId':'\\ud800'} | $.spec.datapathId InvalidText",
                "DeclareAttachment | {'node':'a','port':'\\ud800'} | $.spec.port InvalidText",
                "DeclareAttachment | {'node':'a','port':'p','ips':['\\ud800']} | $.spec.ips[0] InvalidText",
            })
    void areRefusedWithTheFieldNamed(String type, String spec, String violation) {
        String id = type.equals("DeclareAttachment") ? "default/default/n/i" : type.equals("DeclareNode") ? "o/n" : "n";

        Intake.RequestOrigin asked = asked("{'type':'%s','id':'%s','spec':%s}".formatted(type, id, spec));

        assertThat(Written.violations(asked.request())).containsExactly(violation);
        assertThat(messages(asked))
                .allSatisfy(text -> assertThat(Unicode.loneSurrogate(text)).isEqualTo(-1));
    }

    @Test
    void areRefusedInYamlToo() {
        var reading = NetworkReader.read(
                Written.yaml("path: {name: \"a\\ud800\", fromEndpoint: a, toEndpoint: b}"),
                DocumentScope.inNamespace("default", "default", "n"));

        assertThat(Written.violations(reading)).containsExactly("$.path.name InvalidText");
        assertThat(Written.message(reading)).contains("U+D800").contains("after 1 characters");
    }

    @Test
    void areRefusedInTheConfigOfAManifest() {
        var reading = NetworkReader.read(
                Written.json(
                        "{'apiVersion':'l2sm.l2sm.k8s.local/v1','kind':'L2Network','metadata':{'name':'n'},"
                                + "'spec':{'type':'vlink','config':'{\\\"path\\\":{\\\"name\\\":\\\"\\\\ud800\\\",\\\"fromEndpoint\\\":\\\"a\\\",\\\"toEndpoint\\\":\\\"b\\\"}}'}}"),
                DocumentScope.inNamespace("default", "default", "n"));

        assertThat(Written.violations(reading)).containsExactly("$.spec.config.path.name InvalidText");
    }

    @Test
    void areRefusedInARequestIdAndReplacedInTheAnswer() {
        Intake.RequestOrigin asked = asked("{'type':'WithdrawNetwork','requestId':'r\\ud800','id':'n'}");

        assertThat(asked.requestId()).isEqualTo("r\ufffd");
        assertThat(Written.violations(asked.request())).containsExactly("$.requestId InvalidText");
    }

    @Test
    void areAcceptedAsAPair() {
        var spec = Written.network(Written.json("{'path':{'name':'\\ud83d\\ude00'," + ENDS + "}}"));

        assertThat(spec.path().name()).isEqualTo("\ud83d\ude00");
    }

    private static Intake.RequestOrigin asked(String document) {
        return switch (RequestReader.read(document.replace('\'', '"').getBytes(StandardCharsets.UTF_8))) {
            case Intake.RequestOrigin asked -> asked;
            case Intake.Unreadable unreadable -> throw new AssertionError(unreadable.reason());
        };
    }

    private static List<String> messages(Intake.RequestOrigin asked) {
        return switch (asked.request()) {
            case Reading.Parsed<Request> read -> List.of();
            case Reading.Wrong<Request> wrong ->
                wrong.violations().stream().map(Violation::message).toList();
        };
    }
}
