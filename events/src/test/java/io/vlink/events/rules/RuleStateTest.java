package io.vlink.events.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Revision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reason and message of a rule state, including one from before they had fields. */
class RuleStateTest {

    private static final ObjectMapper JSON =
            new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
    private static final NetworkId NETWORK = NetworkId.of("default/default/n");
    private static final DatapathId SWITCH = DatapathId.of("a");
    private static final Revision REVISION = new Revision(1, 2, 2);

    @ParameterizedTest
    @CsvSource({
        "'SwitchRefused: in-band control is on', SwitchRefused, in-band control is on",
        "'RuleTaken: What comes in: is taken', RuleTaken, 'What comes in: is taken'",
        "'MeterTaken: It is taken', MeterTaken, It is taken",
        "'FLOW_MOD_FAILED TABLE_FULL: priority=100', SwitchError, 'FLOW_MOD_FAILED TABLE_FULL: priority=100'",
        "'What is left over stays: EPERM', SwitchError, 'What is left over stays: EPERM'",
        "'TableFull: so says the switch', SwitchError, 'TableFull: so says the switch'"
    })
    void splitsAnOldError(String error, String reason, String message) throws JsonProcessingException {
        // When
        RuleState read = read("\"applied\": false, \"error\": \"" + error + "\"");

        // Then
        assertThat(read.reason()).isEqualTo(reason);
        assertThat(read.message()).isEqualTo(message);
        assertThat(read.error()).isEqualTo(error);
    }

    @Test
    void hasNoReasonIfApplied() throws JsonProcessingException {
        RuleState read = read("\"applied\": true");

        assertThat(read.reason()).isNull();
        assertThat(read).isEqualTo(RuleState.applied(NETWORK, SWITCH, 1, REVISION));
    }

    @Test
    void writesTheAppliedFlagOfFailuresOnly() throws JsonProcessingException {
        RuleState applied = RuleState.applied(NETWORK, SWITCH, 1, REVISION);
        RuleState failed = failed(RuleStateReason.TABLE_FULL, "no room");

        assertThat(JSON.writeValueAsString(applied)).doesNotContain("applied");
        assertThat(JSON.writeValueAsString(failed)).contains("\"applied\":false");
        for (RuleState state : List.of(applied, failed)) {
            assertThat(JSON.readValue(JSON.writeValueAsString(state), RuleState.class))
                    .isEqualTo(state);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reason", "message", "error"})
    void refusesAFailureThatIsNotMarkedAsOne(String field) {
        assertThatThrownBy(() -> read("\"%s\": \"TableFull\"".formatted(field)))
                .hasMessageContaining("must have applied: false");
    }

    @Test
    void doesNotParseTheErrorIfThereIsAReason() throws JsonProcessingException {
        RuleState read = read(
                "\"applied\": false, \"error\": \"RuleTaken: no\", \"reason\": \"BadMatch\", \"message\": \"it cannot\"");

        assertThat(read.reason()).isEqualTo("BadMatch");
        assertThat(read.message()).isEqualTo("it cannot");
    }

    /** Earlier readers take the text before the first colon as the reason, and the rest as the switch's words. */
    @Test
    void writesTheSameErrorForEarlierReaders() {
        assertThat(failed(RuleStateReason.SWITCH_REFUSED, "in-band control is on")
                        .error())
                .isEqualTo("SwitchRefused: in-band control is on");
        assertThat(failed(RuleStateReason.TABLE_FULL, "FLOW_MOD_FAILED TABLE_FULL: priority=100")
                        .error())
                .isEqualTo("FLOW_MOD_FAILED TABLE_FULL: priority=100");
    }

    private static RuleState failed(RuleStateReason reason, String message) {
        return RuleState.failed(NETWORK, SWITCH, 1, REVISION, reason, message, null);
    }

    private static RuleState read(String more) throws JsonProcessingException {
        return JSON.readValue("""
                {"network": "default/default/n", "datapathId": "000000000000000a", "epoch": 1,
                 "revision": "1.2.2", %s}""".formatted(more), RuleState.class);
    }
}
