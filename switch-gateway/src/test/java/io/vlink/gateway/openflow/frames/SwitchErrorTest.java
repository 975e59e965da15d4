package io.vlink.gateway.openflow.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.rules.RuleStateReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reasons that errors of switches are reported with. */
class SwitchErrorTest {

    @ParameterizedTest
    @CsvSource({
        "5, 1, TableFull",
        "5, 5, SwitchError",
        "12, 11, OutOfMeters",
        "12, 2, SwitchError",
        "4, 9, BadMatch",
        "2, 4, BadAction",
        "17, 2, SwitchError",
        "65535, 0, SwitchError"
    })
    void hasTheReasonOfItsTypeAndCode(int type, int code, RuleStateReason reason) {
        assertThat(new SwitchError(1, type, code, "in its own words").reason()).isEqualTo(reason);
    }
}
