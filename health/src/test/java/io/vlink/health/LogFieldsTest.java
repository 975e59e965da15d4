package io.vlink.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class LogFieldsTest {

    private final LogFields fields = new LogFields();

    @Test
    void makesFieldsOfTheKeysInAMessage() {
        assertThat(fields("Applied (network=%s, generation=%d, datapathId=%s)", "default/ns/n", 7, "000000000000000a"))
                .isEqualTo(Map.of("network", "default/ns/n", "generation", "7", "datapathId", "000000000000000a"));
    }

    @Test
    void ignoresPlaceholdersWithoutAKey() {
        assertThat(fields("%s after %5.1f ms, 100%% sure:%n%s xid=%d port=%s", "barrier", 1.5, "more", 255, "veth0"))
                .isEqualTo(Map.of("xid", "255", "port", "veth0"));
    }

    @Test
    void doesNotChangeMessagesOfLibraries() {
        ExtLogRecord record = record("key=%s", "value");
        record.setLoggerName("org.apache.kafka.clients");
        assertThat(fields.isLoggable(record)).isTrue();
        assertThat(record.getMdcCopy()).isEmpty();
        assertThat(fields.isLoggable(new ExtLogRecord(Level.INFO, "no arguments=%s", "x")))
                .isTrue();
    }

    @Test
    void toleratesAMessageWithTooFewArguments() {
        assertThat(fields("a=%s b=%s", "one")).isEqualTo(Map.of("a", "one"));
    }

    @Test
    void suppressesEndlessRecords() {
        // When
        int shown = 0;
        for (int port = 10_000; port < 12_000; port++) {
            ExtLogRecord record = record("Connection closed: Bad. address=127.0.0.1:%d", port);
            record.setLevel(Level.WARN);
            shown += fields.isLoggable(record) ? 1 : 0;
        }
        // Then
        assertThat(shown).isEqualTo(20);
        ExtLogRecord another = record("Something else");
        another.setLevel(Level.WARN);
        assertThat(fields.isLoggable(another)).isTrue();
    }

    private Map<String, String> fields(String format, Object... arguments) {
        ExtLogRecord record = record(format, arguments);
        assertThat(fields.isLoggable(record)).isTrue();
        return record.getMdcCopy();
    }

    private static ExtLogRecord record(String format, Object... arguments) {
        ExtLogRecord record =
                new ExtLogRecord(Level.INFO, format, ExtLogRecord.FormatStyle.PRINTF, LogFieldsTest.class.getName());
        record.setLoggerName("io.vlink.gateway");
        record.setParameters(arguments);
        return record;
    }
}
