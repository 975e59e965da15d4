package io.vlink.gateway.openflow.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vlink.gateway.openflow.frames.BadFrame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFVersion;

/** Invalid group descriptions. */
class GroupParserTest {

    @Test
    void refusesGroupsWithInconsistentLengths() {
        // Given
        GroupParser parser = new GroupParser(
                OFFactories.getFactory(OFVersion.OF_14).actions().getReader());
        List<byte[]> cut = List.of(
                new byte[4], // less than a header
                new byte[8], // length 0
                new byte[] {0, 9, 3, 0, 0, 0, 0, 7}, // longer than the data
                new byte[] {0, 16, 3, 0, 0, 0, 0, 7, 0, 8, 0, 0, 0, 0, 0, 0}); // a bucket without its header
        // Then
        assertThat(cut).allSatisfy(bytes -> assertThatThrownBy(() -> parser.read(bytes))
                .isInstanceOf(BadFrame.class));
    }
}
