package io.vlink.gateway.messaging;

import io.vlink.events.InSwitch;
import io.vlink.events.Topic;
import io.vlink.log.KeyCensus;
import io.vlink.log.LogConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Has counters deleted that no network has rules for any more. As they are sent and forgotten, a tombstone is lost with the process
 * that was to send it, and what waited for Kafka to come back arrives after its rules are gone. So what stands in a partition is
 * looked at once, whenever its rules were loaded; counters are never followed.
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
     * Makes one.
     *
     * @param turns calls a command with the shard that serves a partition number, in a turn of the log; not at all where none does
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

    /** Looks once at what stands in a partition now, for as long as this shard serves it. Returns at once. */
    void look(int partition, GatewayShard shard) {
        census.ask(partition, keys -> {
            List<InSwitch> counted = read(keys);
            turns.accept(partition, serving -> {
                if (serving == shard) { // another one has looked for itself
                    delete(shard.strays(counted), partition, shard);
                }
            });
        });
    }

    /** Later counters of the same rules come after, since they are sent in the same turns and by the same producer. */
    private void delete(List<InSwitch> strays, int partition, GatewayShard shard) {
        if (strays.isEmpty()) {
            return;
        }
        LOG.infof("Counters that no network has rules for are deleted: %d partition=%d", strays.size(), partition);
        counters.delete(strays.subList(0, Math.min(atOnce, strays.size())), () -> {
            if (strays.size() > atOnce) {
                look(partition, shard);
            }
        });
    }

    /** What others put there under keys that are none of ours stays. */
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
