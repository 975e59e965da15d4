package io.vlink.audit;

import io.vlink.audit.comparison.Comparison;
import io.vlink.audit.recorded.Recorded;
import io.vlink.audit.recorded.StateLog;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;

/**
 * Audits a running suite, as often as it is asked. What is read is never of one moment, so a single reading of a suite at
 * work shows differences that are none; those that stay are told by {@link #lasting}. Belongs to one thread.
 */
public final class Audit implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final StateLog log;
    private final GatewayTables gateways;

    /**
     * Connects when first asked.
     *
     * @param bootstrapServers {@code host:port} of Kafka's brokers, with commas between
     * @param clientProperties further Kafka client properties
     * @param gateways where the HTTP side of each gateway is
     */
    public Audit(String bootstrapServers, Properties clientProperties, List<URI> gateways) {
        this.log = new StateLog(bootstrapServers, clientProperties);
        this.gateways = new GatewayTables(gateways);
    }

    /**
     * What was read, and what of it is not as it should be.
     *
     * @param differences the worst first
     */
    public record Findings(int networks, int switches, int rules, List<Difference> differences) {
        public Findings {
            differences = List.copyOf(differences);
        }

        private Findings with(List<Difference> others) {
            return new Findings(networks, switches, rules, others);
        }
    }

    /**
     * Reads everything once.
     *
     * @throws IOException if a gateway does not answer
     * @throws org.apache.kafka.common.KafkaException if Kafka does not
     */
    public Findings once() throws IOException {
        Recorded recorded = log.read();
        GatewayTables.Reading reading = gateways.read();
        int rules = reading.tables().values().stream()
                .mapToInt(tables -> tables.rules().size())
                .sum();
        return new Findings(
                recorded.paths().size(),
                reading.tables().size(),
                rules,
                Comparison.of(recorded, reading.tables(), reading.unread(), Instant.now()));
    }

    /**
     * Reads everything until nothing is left of the differences that the first reading showed, or for a time: those that
     * were there in each reading are told.
     */
    public Findings lasting(Duration patience) throws IOException {
        Instant deadline = Instant.now().plus(patience);
        Findings found = once();
        while (!found.differences().isEmpty() && Instant.now().isBefore(deadline)) {
            log.follow(PAUSE);
            Findings again = once();
            found = again.with(Difference.still(found.differences(), again.differences()));
        }
        return found;
    }

    @Override
    public void close() {
        log.close();
    }
}
