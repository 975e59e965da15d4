package io.vlink.log.finalising;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.log.finalising.Members.GroupMember;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MembersTest {

    private static final GroupMember FIRST = new GroupMember("flow-0-1f", "flow-service (flow-0)");
    private static final GroupMember SECOND = new GroupMember("flow-service-2e", "flow-service at 10.0.0.7");

    @Test
    void noMemberIsBehindIfAllReadTheGeneration() {
        assertThat(Members.behind(List.of(FIRST, SECOND), Map.of(FIRST.id(), 1, SECOND.id(), 2), 1))
                .isEmpty();
        assertThat(Members.behind(List.of(), Map.of(), 1)).isEmpty();
    }

    @Test
    void namesEachMemberThatReadsLessOrDoesNotReport() {
        assertThat(Members.behind(List.of(SECOND, FIRST), Map.of(FIRST.id(), 1), 2))
                .containsExactly(
                        "flow-service (flow-0) reads internal records only up to generation 1, not 2. Replace it with this build, or stop it, first.",
                        "flow-service at 10.0.0.7 does not report that it reads generation 2 of internal records: it runs an earlier build, or is stuck. Replace it with this build, or stop it, first.");
    }

    @Test
    void ignoresReportsOfFormerMembers() {
        assertThat(Members.behind(List.of(FIRST), Map.of("flow-0-0a", 0, FIRST.id(), 1), 1))
                .isEmpty();
        assertThat(Members.behind(List.of(FIRST), Map.of("flow-0-0a", 1), 1))
                .as("an instance that returned as an earlier build")
                .hasSize(1);
    }
}
