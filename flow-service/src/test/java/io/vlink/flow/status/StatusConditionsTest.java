package io.vlink.flow.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.statuses.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that all conditions are present, in order, and documented. */
class StatusConditionsTest {

    @Test
    void judgesTypesInTheOrderOfTheirDependencies() {
        assertThat(StatusConditions.ALL).extracting(Judgement::type).containsExactly(Condition.Type.values());
    }

    @ParameterizedTest
    @EnumSource
    void isExplainedInTheKubernetesGuide(Condition.Type type) throws IOException {
        assertThat(Files.readString(Path.of("../docs/kubernetes.md"))).contains("\n| " + type + " | `");
    }
}
