package io.vlink.flow.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Topic;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EchoesTest {

    private final Echoes echoes = new Echoes();

    @Test
    void recognisesOwnRecordsInTheOrderOfWriting() {
        echoes.wrote(Topic.RULES, "k", bytes("one"));
        echoes.wrote(Topic.RULES, "k", bytes("two"));

        assertThat(echoes.isNext(Topic.RULES, "k", bytes("two"))).isFalse();
        assertThat(echoes.isNext(Topic.RULES, "k", bytes("one"))).isTrue();
        assertThat(echoes.isNext(Topic.RULES, "k", bytes("one"))).isFalse();
        assertThat(echoes.isNext(Topic.RULES, "k", bytes("two"))).isTrue();
        assertThat(echoes.isNext(Topic.RULES, "k", bytes("two"))).isFalse();
    }

    @Test
    void doesNotTakeTombstonesOtherKeysOrOtherTopicsForOwnRecords() {
        echoes.wrote(Topic.RULES, "k", bytes("one"));

        assertThat(echoes.isNext(Topic.RULES, "k", null)).isFalse();
        assertThat(echoes.isNext(Topic.RULES, "other", bytes("one"))).isFalse();
        assertThat(echoes.isNext(Topic.STATUSES, "k", bytes("one"))).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
