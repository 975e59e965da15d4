package io.vlink.log;

import io.vlink.events.services.Services;
import java.io.Serial;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What a service stands on: looks whether Kafka's data is still that which it worked with, and whether this build can read it,
 * and says so once where it is not. Belongs to the reader's thread, but for {@link #halted} and {@link #schemas}.
 */
final class Footing implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Footing.class);

    private final TopicWatch watch;
    private final Standing standing;
    private final Clock clock;
    private final Supplier<Services> services;
    private final SchemaWatch schemas;
    private volatile @Nullable String halted;

    /** Kafka's data is not what it was, or is so again: whatever was taken in is to be thrown away. */
    static final class Moved extends KafkaException {
        @Serial
        private static final long serialVersionUID = 1L;

        Moved(String words) {
            super(words);
        }
    }

    /**
     * Makes one.
     *
     * @param services who is there now, and what they say
     */
    Footing(LogConfig config, Supplier<Services> services, Clock clock) {
        this.watch = new TopicWatch(config);
        this.standing = new Standing(config.onLoss());
        this.services = services;
        this.clock = clock;
        this.schemas = new SchemaWatch(config, Schemas.TODAY);
    }

    /** What is to be told of each record that is read, by all who read for this service. */
    SchemaWatch schemas() {
        return schemas;
    }

    /** Why nothing is decided, for people; absent: all is well. From any thread. */
    @Nullable String halted() {
        return halted;
    }

    /**
     * To be called often; asks Kafka now and then.
     *
     * @throws Moved if its data is not what it was, or holds what cannot be read
     */
    void look() {
        if (schemas.isDue()) {
            throw new Moved(halt(String.valueOf(schemas.words())));
        }
        Holding now = watch.glimpse();
        if (now != null) {
            judge(now);
        }
    }

    /**
     * Asks Kafka which suite its data is; absent where the service does not look for that.
     *
     * @throws Moved if its data is not what it was
     * @throws KafkaException if it does not say
     */
    @Nullable String suite() {
        if (watch.isIdle()) {
            return null;
        }
        Holding now = watch.see();
        judge(now);
        if (!now.isWhole()) {
            throw new KafkaException(
                    "Not all topics are there yet, only %s.".formatted(now.ids().keySet()));
        }
        return now.suite();
    }

    /**
     * Asks again while it is halted.
     *
     * @return whether it is halted still
     * @throws Moved if it is no more, so that all is to be loaded again
     * @throws KafkaException if Kafka does not say
     */
    boolean isStuck() {
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
            throw new Moved("It can be worked with again.");
        }
        boolean news = halted == null;
        halt(words);
        if (news) {
            throw new Moved(words);
        }
        return true;
    }

    /** Says why, once. Returns the words. */
    private String halt(String words) {
        if (halted == null) {
            LOG.errorf("Nothing is decided any more: %s", words);
        }
        halted = words;
        return words;
    }

    private void goOn() {
        LOG.info("What Kafka holds is worked with again; all is loaded again.");
        halted = null;
        schemas.forget();
    }

    /** Returns whether nothing is to be decided on it, which was said before. */
    private boolean judge(Holding now) {
        return switch (standing.judge(now, services.get(), clock.instant())) {
            case Standing.Verdict.Same() -> false;
            case Standing.Verdict.Reload(String words) -> {
                if (halted == null) {
                    LOG.warnf("%s All is loaded again.", words);
                    schemas.forget();
                } else {
                    goOn();
                }
                throw new Moved(words);
            }
            case Standing.Verdict.Halt(String words) -> {
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
