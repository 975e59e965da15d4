package io.vlink.networkapi.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.AttachmentId;
import io.vlink.events.PortLocator;
import io.vlink.events.Topic;
import io.vlink.events.attachments.AttachmentSpec;
import io.vlink.events.networks.Network;
import io.vlink.events.paths.Outcome;
import io.vlink.events.requests.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** A generation is higher than any that its name ever had, even after deletion, removal, compaction and restart. */
final class GenerationsTest {

    private static final List<String> NAMES = List.of("x", "y", "z");

    @Test
    void growThroughDeletionCompactionAndRestart() {
        // Given
        Desk desk = new Desk();
        AttachmentId id = Desk.attachment("n", "ping");
        long last = 0;

        for (int life = 0; life < 5; life++) {
            // When
            long declared = desk.granted(attach(id, "p" + life)).generation();
            long withdrawn =
                    desk.granted(new Request.WithdrawAttachment("", id, null)).generation();
            desk.takeOver(true);

            // Then
            assertThat(declared).isGreaterThan(last);
            assertThat(withdrawn).isGreaterThan(declared);
            last = withdrawn;
        }
    }

    @RepeatedTest(200)
    void neverFallInRandomSequences(RepetitionInfo repetition) {
        // Given
        Random random = new Random(repetition.getCurrentRepetition());
        Desk desk = new Desk();
        Map<String, Long> highest = new HashMap<>();

        // When, then: each step compares the generation with the highest so far
        for (int i = 0; i < 200; i++) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            switch (random.nextInt(8)) {
                case 0, 1 -> declare(desk, name, random, highest);
                case 2 -> withdraw(desk, name, highest);
                case 3 -> confirm(desk, name);
                case 4 -> attachAndDetach(desk, name, random, highest);
                case 5 -> desk.readBack();
                case 6 -> desk.takeOver(false);
                default -> desk.takeOver(true);
            }
        }
    }

    private static void declare(Desk desk, String name, Random random, Map<String, Long> highest) {
        var granted = desk.granted(RecorderTest.declare(name, "a", "b" + random.nextInt(3)));
        if (granted.changed()) {
            assertThat(granted.generation()).isGreaterThan(highest.getOrDefault(name, 0L));
        }
        highest.put(name, granted.generation());
    }

    private static void withdraw(Desk desk, String name, Map<String, Long> highest) {
        if (desk.ask(new Request.WithdrawNetwork("", Desk.network(name), null)) instanceof Verdict.Granted granted
                && granted.changed()) {
            assertThat(granted.generation()).isGreaterThan(highest.getOrDefault(name, 0L));
            highest.put(name, granted.generation());
        }
    }

    private static void confirm(Desk desk, String name) {
        if (desk.recorded(Topic.NETWORKS, Desk.network(name)) instanceof Network network && network.withdrawn()) {
            desk.decided(RecorderTest.decision(network.id(), network.generation(), Outcome.WITHDRAWN, null, List.of()));
            assertThat(desk.recorded(Topic.NETWORKS, network.id())).isNull();
            desk.pathDeleted(network.id());
        }
    }

    private static void attachAndDetach(Desk desk, String name, Random random, Map<String, Long> highest) {
        AttachmentId id = Desk.attachment("n", name);
        String key = id.toString();
        var attached = desk.granted(attach(id, "p" + random.nextInt(3)));
        if (attached.changed()) {
            assertThat(attached.generation()).isGreaterThan(highest.getOrDefault(key, 0L));
        }
        highest.put(key, attached.generation());
        if (random.nextBoolean()) {
            var detached = desk.granted(new Request.WithdrawAttachment("", id, null));
            assertThat(detached.generation()).isGreaterThan(attached.generation());
            highest.put(key, detached.generation());
        }
    }

    private static Request.DeclareAttachment attach(AttachmentId id, String port) {
        return new Request.DeclareAttachment("", id, null, new AttachmentSpec("a", new PortLocator(port), List.of()));
    }
}
