package io.vlink.networkapi.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.fixtures.BrokerResource;
import io.vlink.networkapi.Await;
import io.vlink.networkapi.KafkaUser;
import io.vlink.networkapi.Rest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists with pages and filters. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
final class ListsIT {

    private static final String OVERLAY = "/v1/overlays/lists";
    private static final String PATH = "{'path':{'fromEndpoint':'%s','toEndpoint':'%s'%s}}";

    @TestHTTPResource("/")
    URI base = URI.create("/");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka = "";

    private Rest rest = new Rest(base);

    @BeforeEach
    void declare() {
        rest = Await.serving(base);
        rest.put(OVERLAY + "/namespaces/x/networks/red-1", PATH.formatted("a", "b", ""));
        rest.put(OVERLAY + "/namespaces/x/networks/red-2", PATH.formatted("a", "c", ",'links':['l-ac']"));
        rest.put(OVERLAY + "/namespaces/x/networks/blue-1", PATH.formatted("b", "c", ""));
        rest.put(OVERLAY + "/namespaces/y/networks/red-3", PATH.formatted("c", "d", ""));
        rest.put(OVERLAY + "/namespaces/x/networks/red-1/attachments/p", "{'node':'a','port':'p'}");
        rest.put(OVERLAY + "/namespaces/x/networks/red-2/attachments/q", "{'node':'c','port':'q'}");
        rest.put(OVERLAY + "/nodes/a", "{'datapathId':'000000000000fa01'}");
        rest.put(OVERLAY + "/nodes/b", "{'datapathId':'000000000000fa02','maintenance':true}");
        for (String ends : List.of("ab", "ba", "bc")) {
            rest.put(
                    OVERLAY + "/links/l-" + ends,
                    "{'from':{'node':'%s','port':'%s'},'to':{'node':'%s','port':'%s'},'capacityBits':'1G','latencyNanos':0}"
                            .formatted(ends.charAt(0), ends, ends.charAt(1), ends));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/namespaces/x/networks | blue-1 red-1 red-2",
                "/namespaces/x/networks?prefix=red- | red-1 red-2",
                "/namespaces/x/networks?node=a | red-1 red-2",
                "/namespaces/x/networks?node=b&prefix=b | blue-1",
                "/namespaces/x/networks?link=l-ac | red-2",
                "/namespaces/x/networks?phase=Pending | blue-1 red-1 red-2",
                "/namespaces/x/networks?phase=ready | ''",
                "/namespaces/x/networks?ready=false&link=l-ac | red-2",
                "/networks | blue-1 red-1 red-2 red-3",
                "/networks?namespace=y | red-3",
                "/networks?node=c&namespace=x | blue-1 red-2",
                "/nodes | a b",
                "/nodes?maintenance=true | b",
                "/nodes?state=connected | ''",
                "/links?node=a | l-ab l-ba",
                "/links?up=false&prefix=l-b | l-ba l-bc",
                "/links?up=true | ''"
            })
    void showsOnlyWhatTheFilterSelects(String path, String names) {
        assertThat(String.join(" ", names(rest.get(OVERLAY + path)))).isEqualTo(names);
    }

    /** Old versions accepted such records; other JSON parsers would refuse the whole list because of one. */
    @Test
    void staysReadableWithALoneSurrogateInARecord() {
        // Given
        NetworkId id = new NetworkId("odd", "z", "strange");
        String old =
                "{'id':'odd/z/strange','generation':1,'withdrawn':false,'createdAt':'2026-11-23T12:00:00Z','spec':{'type':'vlink','path':{'name':'x\\ud800','fromEndpoint':'a','toEndpoint':'b'},'protection':'restore'}}";

        // When
        try (KafkaUser user = new KafkaUser(kafka)) {
            var unused = user.produce(
                    Topic.NETWORKS,
                    KafkaUser.partition("odd"),
                    id.toString(),
                    old.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        }

        // Then
        await().untilAsserted(() -> assertThat(
                        rest.get("/v1/overlays/odd/namespaces/z/networks").text())
                .contains("\"x\ufffd\"")
                .doesNotContainIgnoringCase("\\ud800"));
        assertThat(rest.get("/v1/overlays/odd/namespaces/z/networks", "Accept", "application/yaml")
                        .text())
                .contains("x\ufffd");
    }

    @Test
    void showsAttachmentsOfAllNetworks() {
        assertThat(ids(rest.get(OVERLAY + "/attachments"))).containsExactly("p", "q");
        assertThat(ids(rest.get(OVERLAY + "/attachments?node=c"))).containsExactly("q");
        assertThat(ids(rest.get(OVERLAY + "/attachments?namespace=y"))).isEmpty();
        assertThat(ids(rest.get(OVERLAY + "/attachments?holds=false&network=red-1")))
                .containsExactly("p");
        assertThat(ids(rest.get(OVERLAY + "/namespaces/x/networks/red-1/attachments?prefix=q")))
                .isEmpty();
    }

    @Test
    void readsAllPagesWhileRecordsComeAndGo() {
        // Given
        List<String> seen = new ArrayList<>();
        String path = OVERLAY + "/networks?limit=1&prefix=red";

        // When
        for (int page = 0; !path.isEmpty(); page++) {
            var reply = rest.get(path);
            assertThat(names(reply)).hasSize(1);
            seen.addAll(names(reply));
            rest.put(OVERLAY + "/namespaces/a/networks/red-before-" + page, PATH.formatted("a", "b", ""));
            String link = reply.header("Link");
            assertThat(link.isEmpty()).isEqualTo(reply.json().path("next").isMissingNode());
            path = link.replaceAll("^<(.*)>; rel=\"next\"$", "$1");
        }
        rest.delete(OVERLAY + "/namespaces/a/networks/red-before-0");

        // Then
        assertThat(seen).containsExactly("red-1", "red-2", "red-3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/networks?limit=0",
                "/networks?limit=1001",
                "/networks?limit=x",
                "/networks?after=*",
                "/networks?after=bGlzdHMveC9yZWQtMQ",
                "/networks?ready=yes",
                "/networks?phase=Rady",
                "/networks?phse=Ready",
                "/nodes?state=off",
                "/links?up=1"
            })
    void refusesInvalidParameters(String path) {
        var reply = rest.get(OVERLAY + path);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("detail").asText()).startsWith("Query parameter ");
    }

    private static List<String> names(Rest.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json()
                .path("items")
                .valueStream()
                .map(item -> item.path("name").asText())
                .filter(name -> !name.contains("before"))
                .toList();
    }

    private static List<String> ids(Rest.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json()
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asText())
                .toList();
    }
}
