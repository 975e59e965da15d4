package io.vlink.gateway.openflow.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.projectfloodlight.openflow.protocol.OFVersion;

/** The choice of the version to speak (OpenFlow 1.3.1 §6.3.1). */
class HelloTest {

    @ParameterizedTest
    @CsvSource({
        "4, 0x00, OF_13", // 1.3 without bitmap
        "5, 0x00, OF_14",
        "6, 0x00, OF_14", // 1.5 without bitmap: the smaller of both headers
        "6, 0x70, OF_14", // 1.3, 1.4, 1.5
        "6, 0x52, OF_13", // 1.0, 1.3, 1.5: the header alone would give 1.4
        "4, 0x12, OF_13",
        "5, 0x20, OF_14"
    })
    void agreesOnTheBestCommonVersion(int header, String bitmap, OFVersion agreed) {
        assertThat(new Hello(header, Integer.decode(bitmap)).negotiate()).contains(agreed);
    }

    @ParameterizedTest
    @CsvSource({"1, 0x00, up to 1.0", "3, 0x00, up to 1.2", "1, 0x02, bitmap 0x2", "6, 0x40, bitmap 0x40"})
    void findsNoVersionIfNoneIsCommon(int header, String bitmap, String words) {
        // Given
        Hello hello = new Hello(header, Integer.decode(bitmap));
        // Then
        assertThat(hello.negotiate()).isEmpty();
        assertThat(hello.words()).isEqualTo(words);
    }

    @Test
    void skipsElementsOfUnknownType() {
        // Given: an element of type 7 with 5 bytes, padded to 8, before the bitmap
        ByteBuf frame = Unpooled.buffer();
        frame.writeByte(6).writeByte(0).writeShort(24).writeInt(1);
        frame.writeShort(7).writeShort(5).writeInt(0);
        frame.writeShort(1).writeShort(8).writeInt(0x50);
        // When
        Hello hello = Hello.read(frame);
        // Then
        assertThat(hello).isEqualTo(new Hello(6, 0x50));
    }

    @Test
    void refusesAnElementLongerThanTheFrame() {
        // Given
        ByteBuf frame = Unpooled.buffer();
        frame.writeByte(5).writeByte(0).writeShort(12).writeInt(1);
        frame.writeShort(1).writeShort(60_000);
        // Then
        assertThatThrownBy(() -> Hello.read(frame)).isInstanceOf(BadFrame.class).hasMessageContaining("60000");
    }
}
