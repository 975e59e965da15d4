package io.vlink.log.halting;

import io.vlink.events.services.Services;
import io.vlink.log.LogConfig;
import io.vlink.log.schema.Schemas;
import java.io.Serial;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether Kafka's data is still the data that a service worked with, and whether this build can read it, and
 * reports once if not. Confined to the reader's thread, except {@link #halted} and {@link #schemas}.
 */
public final class Footing implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Footing.class);

    private final TopicWatch watch;
    private final DataLossCheck standing;
    private final Clock clock;
    private final Supplier<Services> services;
    private final SchemaWatch schemas;
    private volatile @Nullable String halted;

    /** Thrown when Kafka's data changed, or is right again: everything that was taken in must be discarded. */
    public static final class Moved extends KafkaException {
        @Serial
        private static final long serialVersionUID = 1L;

        Moved(String words) {
            super(words);
        }
    }

    /**
     * Creates an instance.
     *
     * @param services returns the present services and their reports
     */
    public Footing(LogConfig config, Supplier<Services> services, Clock clock) {
        this.watch = new TopicWatch(config);
        this.standing = new DataLossCheck(config.onLoss());
        this.services = services;
        this.clock = clock;
        this.schemas = new SchemaWatch(config, Schemas.TODAY);
    }

    /** The watch that all readers of this service report each record to. */
    public SchemaWatch schemas() {
        return schemas;
    }

    /** Why no decisions are made, for people; null: all is well. Thread-safe. */
    public @Nullable String halted() {
        return halted;
    }

    /**
     * Checks the data. Must be called often; queries Kafka only periodically.
     *
     * @throws Moved if Kafka's data is not what it was, or contains records that cannot be read
     */
    public void look() {
        if (schemas.isDue()) {
            throw new Moved(halt(String.valueOf(schemas.words())));
        }
        DataIdentity now = watch.glimpse();
        if (now != null) {
            judge(now);
        }
    }

    /**
     * Queries Kafka for the suite of its data; null where the service does not use that.
     *
     * @throws Moved if Kafka's data is not what it was
     * @throws KafkaException if Kafka does not answer
     */
    public @Nullable String suite() {
        if (watch.isIdle()) {
            return null;
        }
        DataIdentity now = watch.see();
        judge(now);
        if (!now.isWhole()) {
            throw new KafkaException(
                    "Not all topics exist yet, only %s.".formatted(now.ids().keySet()));
        }
        return now.suite();
    }

    /**
     * Checks again while halted.
     *
     * @return whether it is still halted
     * @throws Moved if it is not, and everything must be reloaded
     * @throws KafkaException if Kafka does not answer
     */
    public boolean isStuck() {
        boolean strange = schemas.isDue();
        if (halted == null && !strange) {
            return false;
        }
        if (strange) {
            schemas.lookAgain();
        }
        if (!watch.isIdle() && judge(watch.see())) {
            return true;
        }
        String words = schemas.isDue() ? schemas.words() : null;
        if (words == null) {
            goOn();
            throw new Moved("Kafka's data can be used again.");
        }
        boolean news = halted == null;
        halt(words);
        if (news) {
            throw new Moved(words);
        }
        return true;
    }

    /** Halts and logs the reason, once. Returns the words. */
    private String halt(String words) {
        if (halted == null) {
            LOG.errorf("Decisions are halted: %s", words);
        }
        halted = words;
        return words;
    }

    private void goOn() {
        LOG.info("Kafka's data can be used again; all data is reloaded.");
        halted = null;
        schemas.drop();
    }

    /** Returns whether decisions must remain halted, which was reported before. */
    private boolean judge(DataIdentity now) {
        return switch (standing.judge(now, services.get(), clock.instant())) {
            case DataLossCheck.Consequence.Same() -> false;
            case DataLossCheck.Consequence.Reload(String words) -> {
                if (halted == null) {
                    LOG.warnf("%s All data is reloaded.", words);
                    schemas.drop();
                } else {
                    goOn();
                }
                throw new Moved(words);
            }
            case DataLossCheck.Consequence.Halt(String words) -> {
                boolean news = halted == null;
                halt(words);
                if (news) {
                    throw new Moved(words);
                }
                yield true;
            }
        };
    }

    @Override
    public void close() {
        watch.close();
        schemas.close();
    }
}
