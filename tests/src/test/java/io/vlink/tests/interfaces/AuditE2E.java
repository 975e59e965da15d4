package io.vlink.tests.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vlink.tests.suite.Command;
import io.vlink.tests.suite.Lab;
import io.vlink.tests.suite.Playground;
import io.vlink.tests.suite.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code ./vlink audit} prints nothing if all is well, and otherwise names what is wrong. */
class AuditE2E {

    private static final Pattern EGRESS =
            Pattern.compile("in_port=(\\d+),dl_vlan=(\\d+) actions=pop_vlan,output:(\\d+)");

    @Test
    void namesAForeignRuleThatLeadsOneNetworkToAnother() throws JsonProcessingException {
        try (Playground play = new Playground()) {
            // Given
            play.joined(
                    "audited-one",
                    ", \"capabilities\": {\"bandwidthBits\": \"20M\"}",
                    "au-a",
                    "10.9.0.1/24",
                    "au-b",
                    "10.9.0.2/24");
            play.joined("audited-two", "au-c", "10.9.1.1/24", "au-d", "10.9.1.2/24");
            Lab lab = play.lab();

            // Then: no findings, and it reads the same rules as ovs-ofctl
            Command.Result quiet = audit();
            assertThat(quiet.output()).isEmpty();
            assertThat(quiet.exitCode()).isZero();
            JsonNode read = new ObjectMapper().readTree(audit("--json").output());
            assertThat(read.path("rules").asInt()).isEqualTo(rulesByOfctl(lab));
            assertThat(read.path("differences")).isEmpty();

            // When: a foreign rule, which Vlink does not repair, forwards frames of one network to a workload of the
            // other
            List<Matcher> ends = egress(lab, "e");
            String match = "priority=300,in_port=%s,dl_vlan=%s"
                    .formatted(ends.getFirst().group(1), ends.getFirst().group(2));
            lab.ofctl(
                    "e",
                    "add-flow",
                    match + ",actions=pop_vlan,output:" + ends.getLast().group(3));
            Command.Result leaking = audit("--patience", "1");
            lab.ofctl("e", "--strict", "del-flows", match);

            // Then
            assertThat(leaking.exitCode()).isEqualTo(1);
            assertThat(leaking.output())
                    .contains(
                            "Leak",
                            "default/default/audited-one",
                            "an endpoint of default/default/audited-two",
                            "priority=300");
        }
    }

    @Test
    void reportsAnUnreachableGateway() {
        // When
        Command.Result result = audit("--gateways", "http://127.0.0.1:1");
        // Then
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.output()).contains("The gateway at http://127.0.0.1:1 does not answer");
    }

    private static Command.Result audit(String... options) {
        List<String> words =
                new ArrayList<>(List.of(Suite.running().root().resolve("vlink").toString(), "audit"));
        words.addAll(List.of(options));
        return Command.tryRun(Suite.running().environment(), words);
    }

    /** Returns the number of all rules in the switches, including the gateway's own. */
    private static int rulesByOfctl(Lab lab) {
        return List.of("a", "b", "c", "d", "e").stream()
                .mapToInt(node -> (int) lab.ofctl(node, "dump-flows")
                        .lines()
                        .filter(line -> line.contains("actions="))
                        .count())
                .sum();
    }

    private static List<Matcher> egress(Lab lab, String node) {
        List<Matcher> found = new ArrayList<>();
        lab.ofctl(node, "dump-flows").lines().forEach(line -> {
            Matcher matcher = EGRESS.matcher(line);
            if (matcher.find()) {
                found.add(matcher);
            }
        });
        assertThat(found).hasSize(2);
        return found;
    }
}
