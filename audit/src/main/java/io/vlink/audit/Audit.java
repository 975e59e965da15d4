package io.vlink.audit;

import io.vlink.audit.comparison.Comparison;
import io.vlink.audit.differences.Difference;
import io.vlink.audit.recorded.RecordedState;
import io.vlink.audit.recorded.StateLog;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;

/**
 * Audits a running suite, as often as it is called. A reading is not a snapshot: a single reading of a busy suite also
 * shows differences that are only in transit. {@link #lasting} reports those that last. Belongs to one thread.
 */
public final class Audit implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final StateLog log;
    private final GatewayTables gateways;

    /**
     * Creates an audit that connects on first use.
     *
     * @param bootstrapServers {@code host:port} of Kafka's brokers, comma-separated
     * @param clientProperties further Kafka client properties
     * @param gateways HTTP address of each gateway
     */
    public Audit(String bootstrapServers, Properties clientProperties, List<URI> gateways) {
        this.log = new StateLog(bootstrapServers, clientProperties);
        this.gateways = new GatewayTables(gateways);
    }

    /**
     * The size of what was read, and the differences found in it.
     *
     * @param differences worst first
     */
    public record AuditResult(int networks, int switches, int rules, List<Difference> differences) {
        public AuditResult {
            differences = List.copyOf(differences);
        }

        private AuditResult with(List<Difference> others) {
            return new AuditResult(networks, switches, rules, others);
        }
    }

    /**
     * Reads everything once.
     *
     * @throws IOException if a gateway does not answer
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    public AuditResult once() throws IOException {
        RecordedState recorded = log.read();
        GatewayTables.Reading reading = gateways.read();
        int rules = reading.tables().values().stream()
                .mapToInt(tables -> tables.rules().size())
                .sum();
        return new AuditResult(
                recorded.paths().size(),
                reading.tables().size(),
                rules,
                Comparison.of(recorded, reading.tables(), reading.unread(), Instant.now()));
    }

    /**
     * Reads everything until none of the differences of the first reading is left, or {@code patience} is over. Returns
     * those that each reading showed.
     */
    public AuditResult lasting(Duration patience) throws IOException {
        Instant deadline = Instant.now().plus(patience);
        AuditResult found = once();
        while (!found.differences().isEmpty() && Instant.now().isBefore(deadline)) {
            log.follow(PAUSE);
            AuditResult again = once();
            found = again.with(Difference.still(found.differences(), again.differences()));
        }
        return found;
    }

    @Override
    public void close() {
        log.close();
    }
}
