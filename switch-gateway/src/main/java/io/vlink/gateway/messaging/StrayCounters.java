package io.vlink.gateway.messaging;

import io.vlink.events.InSwitch;
import io.vlink.events.Topic;
import io.vlink.log.LogConfig;
import io.vlink.log.reading.KeyCensus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Deletes counters for which no network has rules any more. Counters are sent without confirmation: a tombstone is lost
 * with its process, and counters that waited for Kafka arrive after their rules are gone. So the keys of a partition
 * are read once, whenever its rules were loaded; counters are never followed.
 */
final class StrayCounters implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(StrayCounters.class);
    private static final int AT_MOST = 1_000;

    private final KeyCensus census;
    private final CountersOut counters;
    private final BiConsumer<Integer, Consumer<GatewayShard>> turns;
    /** Tombstones per portion, small enough for the portions of all partitions to fit in the queue of {@link CountersOut}. */
    private final int atOnce;

    /**
     * Creates an instance that is not started.
     *
     * @param turns calls a command with the shard that serves a partition number, in a turn of the log; not if no shard serves it
     */
    StrayCounters(LogConfig config, CountersOut counters, BiConsumer<Integer, Consumer<GatewayShard>> turns) {
        this.census = new KeyCensus(config, Topic.COUNTERS);
        this.counters = counters;
        this.turns = turns;
        this.atOnce = Math.clamp(CountersOut.ROOM / 2 / config.partitions(), 1, AT_MOST);
    }

    void start() {
        census.start();
    }

    /** Starts one read of the keys in a partition, which counts only while this shard serves it. Returns at once. */
    void look(int partition, GatewayShard shard) {
        census.ask(partition, keys -> {
            List<InSwitch> counted = read(keys);
            turns.accept(partition, serving -> {
                if (serving == shard) { // another shard reads the keys itself
                    delete(shard.strays(counted), partition, shard);
                }
            });
        });
    }

    /** Deletes counters. Later counters of the same rules follow the tombstones: same turns, same producer. */
    private void delete(List<InSwitch> strays, int partition, GatewayShard shard) {
        if (strays.isEmpty()) {
            return;
        }
        LOG.infof("Deleting the counters of %d rule sets that no longer exist. partition=%d", strays.size(), partition);
        counters.delete(strays.subList(0, Math.min(atOnce, strays.size())), () -> {
            if (strays.size() > atOnce) {
                look(partition, shard);
            }
        });
    }

    /** Reads the keys. Records of others under foreign keys stay. */
    private static List<InSwitch> read(Set<String> keys) {
        List<InSwitch> counted = new ArrayList<>(keys.size());
        for (String key : keys) {
            try {
                InSwitch of = InSwitch.ofSwitchFirst(key);
                if (CountersOut.key(of.datapathId(), of.owner()).equals(key)) {
                    counted.add(of);
                }
            } catch (IllegalArgumentException e) {
                LOG.debugf("Not a key of counters: %s", e.getMessage());
            }
        }
        return counted;
    }

    @Override
    public void close() {
        census.close();
    }
}
