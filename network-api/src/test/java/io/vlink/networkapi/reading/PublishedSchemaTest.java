package io.vlink.networkapi.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.vlink.log.EventJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** This service accepts and refuses requests exactly as their published schemas do. */
final class PublishedSchemaTest {

    private static final Path SCHEMAS = Path.of("../docs/events/schemas");
    private static final Path EXAMPLES = Path.of("../events/src/main/resources/io/vlink/events/examples");

    static Stream<String> requests() {
        return Stream.of("Node", "Link", "Network", "Attachment")
                .flatMap(kind -> Stream.of("Declare" + kind, "Withdraw" + kind));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void readsEachGoldenExample(String request) throws IOException {
        byte[] example = Files.readAllBytes(EXAMPLES.resolve(request + ".json"));

        assertThat(RequestReader.read(example)).isInstanceOfSatisfying(Intake.RequestOrigin.class, asked -> assertThat(
                        tree(EventJson.write(Written.read(asked.request()))))
                .isEqualTo(tree(example)));
    }

    @Test
    void readsTheGuidesManifestAsItsSchemaDoes() throws IOException {
        String manifest = Files.readString(Path.of("../samples/vlink-sample.yaml"));

        assertThat(isTaken("L2Network", manifest, InputFormat.YAML)).isTrue();
        assertThat(isRead(manifest)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'WithdrawNode','id':'o/a'}",
                "{'type':'WithdrawNode','overlay':'o','name':'a','ifGeneration':0}",
                "{'type':'WithdrawNode','name':'a','requestId':'r'}",
                "{'type':'WithdrawNode','name':'a','requestedBy':'CN=Žofie, OU=\\ud83d\\ude00'}",
                "{'type':'WithdrawAttachment','network':'n','name':'a'}",
                "{'type':'WithdrawAttachment','overlay':'o','namespace':'ns','network':'n','name':'a'}",
                "{'type':'DeclareNode','name':'a','spec':{'datapathId':'a'}}",
                "{'type':'DeclareNode','name':'a','spec':{'datapathId':'00:00:00:00:00:00:00:0a','maintenance':true}}",
                "{'type':'DeclareAttachment','id':'o/ns/n/a','spec':{'node':'a','port':4294967040}}",
                "{'type':'DeclareAttachment','id':'o/ns/n/a','spec':{'node':'a','port':'to-c','ips':['10.0.0.1/24']}}",
                "{'type':'DeclareLink','name':'l','spec':{'from':{'node':'a','port':'p'},'to':{'node':'b','port':1},"
                        + "'capacityBits':'1.5Gbit/s','latencyNanos':'0.2ms','kind':'vxlan'}}",
                "{'type':'DeclareNetwork','name':'n','spec':{'path':{'fromEndpoint':'a','toEndpoint':'b'}}}",
                "{'type':'DeclareNetwork','name':'n','spec':{'type':'vlink','protection':'restore','path':{'fromEndpoint':'a',"
                        + "'toEndpoint':'b','capabilities':{'bandwidthBits':1000,'latencyNanos':'8e5'}}}}",
                "{'type':'DeclareNetwork','name':'n','spec':{'path':{'fromEndpoint':'a','toEndpoint':'b',"
                        + "'capabilities':{'bandwidthBits':4294967295000,'latencyNanos':3600000000000}}}}"
            })
    void acceptsWhatTheSchemaAccepts(String document) {
        assertThat(isTaken(document)).as("by its schema").isTrue();
        assertThat(isRead(document.replace('\'', '"'))).as("by the reader").isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'WithdrawNode'}",
                "{'type':'WithdrawNode','id':'o/a/b'}",
                "{'type':'WithdrawNode','id':'O/a'}",
                "{'type':'WithdrawNode','id':'o/a','name':'a'}",
                "{'type':'WithdrawNode','id':'o/a','force':true}",
                "{'type':'WithdrawNode','id':'o/a','requestedBy':''}",
                "{'type':'WithdrawNode','id':'o/a','requestedBy':' alice'}",
                "{'type':'WithdrawNode','id':'o/a','requestedBy':'ali\\u001bce'}",
                "{'type':'WithdrawNode','id':'o/a','requestedBy':'ali\\u202ece'}",
                "{'type':'WithdrawNode','id':'o/a','requestedBy':['alice']}",
                "{'type':'WithdrawNode','id':'o/a','ifGeneration':-1}",
                "{'type':'WithdrawNode','id':'o/a','ifGeneration':'soon'}",
                "{'type':'WithdrawAttachment','name':'a'}",
                "{'type':'DeclareNode','name':'a'}",
                "{'type':'DeclareNode','name':'a','spec':{}}",
                "{'type':'DeclareNode','name':'a','spec':{'datapathId':10}}",
                "{'type':'DeclareNode','name':'a','spec':{'datapathId':'g'}}",
                "{'type':'DeclareAttachment','id':'o/ns/n/a','spec':{'node':'a','port':0}}",
                "{'type':'DeclareAttachment','id':'o/ns/n/a','spec':{'node':'a','port':'a/b'}}",
                "{'type':'DeclareAttachment','id':'o/ns/n/a','spec':{'node':'A','port':'p'}}",
                "{'type':'DeclareLink','name':'l','spec':{'from':{'node':'a'},'to':{'node':'b','port':1},"
                        + "'capacityBits':1000,'latencyNanos':0}}",
                "{'type':'DeclareLink','name':'l','spec':{'from':{'node':'a','port':'p'},'to':{'node':'b','port':1},"
                        + "'capacityBits':999,'latencyNanos':0}}",
                "{'type':'DeclareLink','name':'l','spec':{'from':{'node':'a','port':'p'},'to':{'node':'b','port':1},"
                        + "'capacityBits':1000,'latencyNanos':0,'kind':'rope'}}",
                "{'type':'DeclareNetwork','name':'n','spec':{'path':{'fromEndpoint':'a'}}}",
                "{'type':'DeclareNetwork','name':'n','spec':{'path':{'fromEndpoint':'a','toEndpoint':'b','hops':3}}}",
                "{'type':'DeclareNetwork','name':'n','spec':{'type':'vnet','path':{'fromEndpoint':'a','toEndpoint':'b'}}}",
                "{'type':'DeclareNetwork','name':'n','spec':{'path':{'fromEndpoint':'a','toEndpoint':'b',"
                        + "'capabilities':{'bandwidthBits':4294967295001}}}}",
                "{'type':'DeclareNetwork','name':'n','spec':{'path':{'fromEndpoint':'a','toEndpoint':'b',"
                        + "'capabilities':{'bandwidthBits':'20 apples'}}}}",
                "{'type':'DeclareNetwork','name':'n','spec':{'path':{'fromEndpoint':'a','toEndpoint':'b',"
                        + "'capabilities':{'latencyNanos':0}}}}"
            })
    void refusesWhatTheSchemaRefuses(String document) {
        assertThat(isTaken(document)).as("by its schema").isFalse();
        assertThat(isRead(document.replace('\'', '"'))).as("by the reader").isFalse();
    }

    private static boolean isRead(String document) {
        return RequestReader.read(document.getBytes(StandardCharsets.UTF_8)) instanceof Intake.RequestOrigin asked
                && asked.request() instanceof Reading.Parsed<?>;
    }

    private static boolean isTaken(String document) {
        String json = document.replace('\'', '"');
        return isTaken(tree(json.getBytes(StandardCharsets.UTF_8)).path("type").asText(), json, InputFormat.JSON);
    }

    private static boolean isTaken(String event, String document, InputFormat format) {
        try {
            String schema = Files.readString(SCHEMAS.resolve(event + ".schema.json"));
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(schema)
                    .validate(document, format)
                    .isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode tree(byte[] json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new AssertionError("not JSON", e);
        }
    }
}
