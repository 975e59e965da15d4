package io.vlink.cli;

import static io.vlink.cli.CannedApi.NETWORKS;
import static io.vlink.cli.CannedApi.PROBLEM;
import static io.vlink.cli.CannedApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.cli.CannedApi.Canned;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code get}: several kinds at once, resources that do not exist, and how much of a table is shown. */
class GetTest {

    private static final String NODES = "/v1/overlays/default/nodes";
    private static final String LONG = "a-name-of-a-network-that-somebody-made-from-the-names-of-both-of-its-ends-0001";

    private final CannedApi api = new CannedApi();
    private final StringWriter out = api.out;
    private final StringWriter err = api.err;
    private final Map<String, Canned> answers = api.answers;

    GetTest() throws IOException {}

    @BeforeEach
    void uncoloured() {
        api.environment.put("NO_COLOR", "1");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private void declared() {
        answers.put("GET " + NODES, json("{\"items\":[{\"name\":\"a\",\"spec\":{\"datapathId\":\"0a\"}}]}"));
        answers.put("GET /v1/overlays/default/links", json("{\"items\":[]}"));
        answers.put("GET " + NETWORKS, json("{\"items\":[{\"name\":\"wire\",\"spec\":{\"path\":{}}}]}"));
        answers.put("GET /v1/overlays/default/attachments?namespace=default", json("{\"items\":[]}"));
        answers.put("GET /v1/switches", json("{\"items\":[{\"datapathId\":\"0a\",\"state\":\"connected\"}]}"));
        answers.put("GET /v1/services", json("{\"items\":[{\"name\":\"network-api\",\"state\":\"present\"}]}"));
    }

    @Test
    void listsAllKindsEachUnderItsHeading() {
        // Given
        declared();

        // When
        int code = api.run("get", "all");

        // Then
        assertThat(code).isZero();
        assertThat(out.toString())
                .containsSubsequence("Nodes\n", "a ", "\n\nNetworks\n", "wire ", "\n\nSwitches\n", "\n\nServices\n")
                .doesNotContain("Links", "Attachments");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void printsAllKindsForProgramsSoThatApplyTakesTheDeclaredOnesBack() {
        // Given
        declared();
        answers.put("PUT " + NODES + "/a", json("{}"));
        answers.put("PUT " + NETWORKS + "/wire", json("{}"));

        // Then
        assertThat(api.run("get", "all", "-o", "name")).isZero();
        assertThat(out.toString()).isEqualTo("node/a\nnetwork/wire\nswitch/0a\nservice/network-api\n");
        assertThat(api.run("get", "nodes,links,networks", "-o", "yaml")).isZero();
        String declared = out.toString();
        assertThat(declared).contains("kind: Node", "kind: Network");
        assertThat(api.fed(declared, "apply", "-f", "-")).isZero();
        assertThat(out.toString()).isEqualTo("node/a created\nnetwork/wire created\n");

        // When: what is only observed is applied, too
        assertThat(api.run("get", "all", "-o", "json")).isZero();
        int code = api.fed(out.toString(), "apply", "-f", "-");

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .contains("a switch is observed and cannot be declared")
                .contains("get nodes,links,networks,attachments");
    }

    @Test
    void listsTheOtherKindsWhenOneCannotBeRead() {
        // Given
        declared();
        answers.put("GET /v1/services", new Canned(503, PROBLEM, "{\"title\":\"Temporarily unavailable\"}"));

        // Then
        assertThat(api.run("get", "all")).isEqualTo(1);
        assertThat(out.toString()).contains("Nodes\n", "wire");
        assertThat(err.toString()).contains("The services cannot be listed. Temporarily unavailable.");
    }

    @Test
    void saysWhatAllIsForWhereItCannotBeUsed() {
        assertThat(api.run("get", "all", "wire")).isEqualTo(2);
        assertThat(err.toString()).contains("Names cannot be given for several kinds");
        assertThat(api.run("delete", "all")).isEqualTo(2);
        assertThat(api.run("watch", "all")).isEqualTo(2);
        assertThat(err.toString()).contains("all kinds at once can be given to get only");
        assertThat(api.run("get", "all", "--network", "wire")).isEqualTo(2);
    }

    @Test
    void ignoresWhatDoesNotExistWhereAsked() {
        assertThat(api.run("get", "network", "none", "--ignore-not-found")).isZero();
        assertThat(api.run("describe", "network", "none", "--ignore-not-found")).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEmpty();
        assertThat(api.run("get", "network", "none")).isEqualTo(4);
    }

    @Test
    void refusesLabelSelectorsWithAReasonAndAWayOut() {
        for (String command : new String[] {"get", "describe", "delete", "watch", "wait"}) {
            assertThat(api.run(command, "networks", "-l", "app=web"))
                    .as(command)
                    .isEqualTo(2);
        }
        assertThat(api.run("get", "networks", "--selector=app")).isEqualTo(2);
        assertThat(err.toString())
                .contains("resources of network-api have no labels", "kubectl get l2networks -l app=web");
        assertThat(api.calls).isEmpty();
    }

    @Test
    void cutsLongNamesExceptInWideTables() {
        // Given
        answers.put("GET " + NETWORKS, json("{\"items\":[{\"name\":\"" + LONG + "\",\"spec\":{\"path\":{}}}]}"));

        // Then
        assertThat(api.run("get", "networks")).isZero();
        assertThat(out.toString())
                .contains("a-name-of-a-network")
                .contains("…")
                .contains("-0001")
                .doesNotContain(LONG);
        assertThat(api.run("get", "networks", "-o", "wide")).isZero();
        assertThat(out.toString()).contains(LONG);
    }

    @Test
    void fitsATableToTheTerminal() {
        // Given
        answers.put("GET " + NETWORKS, json("""
                {"items": [{"name": "%s", "spec": {"path": {}},
                   "status": {"phase": "Ready", "forward": ["node-a", "node-b", "node-c", "node-d"]}}]}""".formatted(LONG)));

        for (int columns : new int[] {120, 80, 60, 40, 20}) {
            // When
            api.columns = columns;
            assertThat(api.run("get", "networks")).isZero();

            // Then
            assertThat(out.toString().lines())
                    .as("on %d columns", columns)
                    .hasSize(2)
                    .allMatch(line -> line.length() <= columns);
        }
        api.columns = 60;
        assertThat(api.run("get", "networks")).isZero();
        assertThat(out.toString()).containsPattern("a-name[-a-z]*…[-a-z]*0001 +Ready +node[^…]*…[^…]*node-d ");
    }
}
