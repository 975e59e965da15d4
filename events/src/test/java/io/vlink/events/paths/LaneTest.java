package io.vlink.events.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vlink.events.Label;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lane is written and read as one text. */
class LaneTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "link-ac/vlan:100/to-c=2/to-a=1",
                "link-ac/vni:16777215/=2/=1",
                "link-ac/vlan:1/to-c=/to-a=",
                "link-ac/vlan:1/=/=",
                "link-ac/vlan:100/a=b=2/3=3"
            })
    void isPrintedAsItIsRead(String text) {
        assertThat(Lane.of(text)).hasToString(text);
    }

    @Test
    void splitsAPortAtItsLastEqualsSign() {
        // When
        Lane lane = Lane.of("link-ac/vlan:100/a=b=2/=4294967040");
        // Then
        assertThat(lane)
                .isEqualTo(new Lane(
                        "link-ac",
                        Label.of("vlan:100"),
                        new PortNumber(2),
                        PortLocator.of("a=b"),
                        new PortNumber(PortNumber.MAX),
                        null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "link-ac",
                "link-ac/vlan:100/to-c=2",
                "link-ac/vlan:100/to-c=2/to-a=1/",
                "link-ac/vlan:100//to-a=1",
                "link-ac/vlan:100/to-c=2/",
                "link-ac/vlan:100/to-c/to-a=1",
                "link-ac/vlan:100/to-c=x/to-a=1",
                "link-ac/100/to-c=2/to-a=1",
                "/vlan:100/to-c=2/to-a=1"
            })
    void refusesMissingOrInvalidParts(String text) {
        assertThatThrownBy(() -> Lane.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
