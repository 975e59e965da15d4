package io.vlink.path.messaging;

import io.vlink.events.Topic;
import io.vlink.events.rules.LinkShare;
import io.vlink.log.LogConfig;
import io.vlink.log.Partitions;
import io.vlink.log.reading.KeyCensus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Deletes shares that an earlier owner left behind. The contents of {@code vlink.link-shares} are derived from
 * decisions and never read back: the instance that loads a partition writes all of them again, and checks once for
 * other keys. By then no earlier owner writes any more.
 */
final class StrayShares implements PathShard.ShareLookup, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(StrayShares.class);

    private final KeyCensus census;
    private final int partitions;
    private final BiConsumer<Integer, Consumer<PathShard>> turns;

    /**
     * Makes an instance.
     *
     * @param turns runs a command in a turn of the log, with the shard that serves a partition; not at all if there is none
     */
    StrayShares(LogConfig config, BiConsumer<Integer, Consumer<PathShard>> turns) {
        this.census = new KeyCensus(config, Topic.LINK_SHARES);
        this.partitions = config.partitions();
        this.turns = turns;
    }

    void start() {
        census.start();
    }

    @Override
    public void look(int partition, PathShard shard) {
        census.ask(
                partition,
                keys -> turns.accept(partition, serving -> {
                    if (serving == shard) { // another shard has checked for itself
                        shard.sharesStand(read(keys, partition));
                    }
                }));
    }

    /** Parses the keys of our own records; records of others under foreign keys stay. */
    private List<LinkShare.ShareKey> read(Set<String> keys, int partition) {
        List<LinkShare.ShareKey> read = new ArrayList<>(keys.size());
        for (String text : keys) {
            try {
                LinkShare.ShareKey key = LinkShare.ShareKey.of(text);
                if (Partitions.of(key.overlay(), partitions) == partition
                        && key.toString().equals(text)) {
                    read.add(key);
                }
            } catch (IllegalArgumentException e) {
                LOG.debugf("Not a key of shares: %s", e.getMessage());
            }
        }
        return read;
    }

    @Override
    public void close() {
        census.close();
    }
}
