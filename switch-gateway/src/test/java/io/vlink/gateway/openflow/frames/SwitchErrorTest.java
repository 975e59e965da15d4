package io.vlink.gateway.openflow.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.rules.RuleStateReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reasons that errors of switches are reported with. */
class SwitchErrorTest {

    @ParameterizedTest
    @CsvSource({
        "5, 1, TABLE_FULL",
        "5, 5, SWITCH_ERROR",
        "12, 11, OUT_OF_METERS",
        "12, 2, SWITCH_ERROR",
        "4, 9, BAD_MATCH",
        "2, 4, BAD_ACTION",
        "17, 2, SWITCH_ERROR",
        "65535, 0, SWITCH_ERROR"
    })
    void hasTheReasonOfItsTypeAndCode(int type, int code, RuleStateReason reason) {
        assertThat(new SwitchError(1, type, code, "in its own words").reason()).isEqualTo(reason);
    }
}
