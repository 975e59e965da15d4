package io.vlink.gateway.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.json.JsonObjectDecoder;
import io.vlink.events.DatapathId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One conversation with an OVSDB server. */
class OvsdbHandlerTest {

    private static final String RESULT = """
            {"id":"monitor","error":null,"result":{"Bridge":{"u":{"new":{"name":"br0","datapath_id":"000000000000000a",\
            "fail_mode":"secure","other_config":["map",[["disable-in-band","true"]]]}}}}}""";

    private final List<String> told = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(
            new JsonObjectDecoder(4096),
            new OvsdbHandler(rows -> told.add(rows.settings(DatapathId.of("a")).toString()), broken::add));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void receive(String json) {
        channel.writeInbound(Unpooled.copiedBuffer(json, StandardCharsets.UTF_8));
    }

    private String sent() {
        ByteBuf bytes = channel.readOutbound();
        String text = bytes.toString(StandardCharsets.UTF_8);
        bytes.release();
        return text;
    }

    @Test
    void requestsMonitoringAndReportsTheAnswer() {
        // Given
        assertThat(sent()).contains("\"method\":\"monitor\"", "\"fail_mode\"", "\"Open_vSwitch\"");
        // When
        receive(RESULT);
        // Then
        assertThat(told).singleElement().asString().contains("br0", "secure");
        assertThat(broken).isEmpty();
    }

    @Test
    void readsAnAnswerThatComesInPieces() {
        // When
        for (int i = 0; i < RESULT.length(); i++) {
            receive(RESULT.substring(i, i + 1));
        }
        // Then
        assertThat(told).hasSize(1);
    }

    @Test
    void answersAnEchoThatComesWithAnUpdate() {
        // Given
        assertThat(sent()).contains("monitor");
        // When
        receive(
                "{\"method\":\"echo\",\"id\":\"e1\",\"params\":[7]}{\"method\":\"update\",\"id\":null,\"params\":[\"vlink\",{}]}");
        // Then
        assertThat(sent()).isEqualTo("{\"id\":\"e1\",\"result\":[7],\"error\":null}");
        assertThat(told).hasSize(1);
    }

    @Test
    void closesOnInvalidJson() {
        // When
        receive("{\"id\": ]]]] }");
        // Then
        assertThat(broken).singleElement().asString().contains("invalid JSON");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void closesOnBytesThatAreNotAnObject() {
        // When
        receive("SSH-2.0-OpenSSH_9.2\r\n");
        // Then
        assertThat(broken).hasSize(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void closesOnAnAnswerThatIsTooLong() {
        // When
        receive("{\"id\":\"" + "x".repeat(5000));
        // Then
        assertThat(broken).hasSize(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void closesWhenTheServerRefuses() {
        // When
        receive("{\"id\":\"monitor\",\"result\":null,\"error\":\"no such table\"}");
        // Then
        assertThat(broken).singleElement().asString().contains("no such table");
    }
}
