package io.vlink.log.writing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vlink.events.Topic;
import io.vlink.log.LogsOnABroker;
import io.vlink.log.Outbox;
import io.vlink.log.Partitions;
import io.vlink.log.RecordingShard;
import io.vlink.log.serving.EventLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fenced writers on a real broker. */
class FencingIT {

    private static final int PARTITIONS = 4;
    private static final int HOME = Partitions.of("default", PARTITIONS);

    @TempDir
    private Path directory;

    private LogsOnABroker logs;

    @SuppressWarnings("NullAway.Init")
    FencingIT() {}

    @BeforeEach
    void startBroker() {
        logs = new LogsOnABroker(directory, PARTITIONS);
    }

    @AfterEach
    void stopAll() throws Exception {
        logs.close();
    }

    @Test
    void fencesOffAnOwnerThatWakesUpLate() {
        // Given: an owner that was paused just before a write
        EventLog<RecordingShard> setup = serve("setup", true);
        logs.closeNow(setup);
        Writer.Fenced paused = new Writer.Fenced(logs.config("paused", true).build(), HOME);
        logs.closing(() -> paused.close(false));

        // When: another took over
        serve("b", true);
        Outbox late = new Outbox(PARTITIONS, "test-log");
        late.put(Topic.PATHS, "default", "default/default/v", "late");

        // Then
        assertThatThrownBy(() -> paused.write(late, Map.of(), null, Instant.now()))
                .isInstanceOf(KafkaException.class);
        assertThat(logs.uncommitted(Topic.PATHS, HOME)).isEmpty();
    }

    @Test
    void fencesOffAnOwnerDuringItsTransaction() {
        // Given
        EventLog<RecordingShard> setup = serve("setup", true);
        logs.closeNow(setup);
        Writer.Fenced paused = new Writer.Fenced(logs.config("paused", true).build(), HOME);
        logs.closing(() -> paused.close(false));
        paused.write(links("default/link", "before"), Map.of(), null, Instant.now());

        // When: another took over
        serve("b", true);

        // Then
        Outbox late = links("default/link", "late");
        assertThatThrownBy(() -> paused.write(late, Map.of(), null, Instant.now()))
                .isInstanceOf(KafkaException.class);
        assertThatThrownBy(paused::commit).isInstanceOf(KafkaException.class);
        assertThat(logs.uncommitted(Topic.LINKS, HOME)).doesNotContain("\"late\"");
    }

    @Test
    void theNextOwnerCommitsWhatAnOwnerLeftUncommitted() {
        // Given: an owner that ends during its second transaction, which includes a tombstone
        EventLog<RecordingShard> setup = serve("setup", true);
        logs.closeNow(setup);
        Writer.Fenced ended = new Writer.Fenced(logs.config("ended", true).build(), HOME);
        logs.closing(() -> ended.close(false));
        ended.write(links("default/kept", "1"), Map.of(), null, Instant.now());
        ended.write(links("default/gone", "2"), Map.of(), null, Instant.now());
        ended.commit();
        ended.write(links("default/kept", "3"), Map.of(), null, Instant.now());
        Outbox taken = new Outbox(PARTITIONS, "test-log");
        taken.tombstone(Topic.LINKS, "default", "default/gone");
        ended.write(taken, Map.of(), null, Instant.now());
        assertThat(logs.uncommitted(Topic.LINKS, HOME)).containsExactly("\"1\"", "\"2\"", "\"3\"", null);

        // When
        EventLog<RecordingShard> next = serve("b", true);

        // Then: the next owner saw what all readers saw, and strict readers see it too
        assertThat(home().seenBeforeLoaded).endsWith("vlink.links default/kept=\"3\"", "vlink.links default/gone=-");
        await().untilAsserted(() ->
                assertThat(logs.committed(Topic.LINKS, HOME)).containsExactly("\"1\"", "\"2\"", "\"3\"", null));

        // When: it ends cleanly, and leaves nothing to the owner after it
        logs.closeNow(next);
        serve("c", true);

        // Then
        assertThat(logs.committed(Topic.LINKS, HOME)).containsExactly("\"1\"", "\"2\"", "\"3\"", null);
    }

    private static Outbox links(String key, String value) {
        Outbox outbox = new Outbox(PARTITIONS, "test-log");
        outbox.put(Topic.LINKS, "default", key, value);
        return outbox;
    }

    private EventLog<RecordingShard> serve(String instance, boolean fenced) {
        return logs.serve(logs.config(instance, fenced).build());
    }

    private RecordingShard home() {
        return logs.serving(HOME);
    }
}
