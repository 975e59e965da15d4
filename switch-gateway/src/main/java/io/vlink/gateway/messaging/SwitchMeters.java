package io.vlink.gateway.messaging;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vlink.events.DatapathId;
import io.vlink.gateway.switches.control.OwnedSwitches;
import io.vlink.gateway.switches.entries.Drops;
import io.vlink.gateway.switches.sync.RuleCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** Metrics of wanted and installed rules, for each switch of a shard. Written by the shard in its turns, read by any thread. */
final class SwitchMeters implements OwnedSwitches.Counts {

    private final MeterRegistry registry;
    private final Map<DatapathId, Shown> shown = new HashMap<>();

    /** The gauges of one switch, and their values. */
    private static final class Shown {
        private volatile RuleCounts counts = new RuleCounts(0, 0, 0, 0, 0, 0, 0);
        private volatile Drops dropped = new Drops(0, 0);
        private final List<Meter> gauges = new ArrayList<>();
    }

    SwitchMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void show(DatapathId id, RuleCounts counts, Drops dropped) {
        Shown of = shown.get(id);
        if (of == null) {
            of = register(id);
            shown.put(id, of);
        }
        if (!of.counts.equals(counts)) {
            of.counts = counts;
        }
        if (!of.dropped.equals(dropped)) {
            of.dropped = dropped;
        }
    }

    private Shown register(DatapathId id) {
        Shown of = new Shown();
        String rules = "vlink.gateway.switch.rules";
        String meters = "vlink.gateway.switch.meters";
        gauge(
                of,
                id,
                rules,
                "Rules of a switch: wanted, and installed as far as known",
                "wanted",
                RuleCounts::wantedRules);
        gauge(
                of,
                id,
                rules,
                "Rules of a switch: wanted, and installed as far as known",
                "installed",
                RuleCounts::installedRules);
        gauge(
                of,
                id,
                meters,
                "Meters of a switch: wanted, and installed as far as known",
                "wanted",
                RuleCounts::wantedMeters);
        gauge(
                of,
                id,
                meters,
                "Meters of a switch: wanted, and installed as far as known",
                "installed",
                RuleCounts::installedMeters);
        String groups = "vlink.gateway.switch.groups";
        String ofGroups = "Groups of a switch: wanted, and installed as far as known";
        gauge(of, id, groups, ofGroups, "wanted", RuleCounts::wantedGroups);
        gauge(of, id, groups, ofGroups, "installed", RuleCounts::installedGroups);
        gauge(
                of,
                id,
                "vlink.gateway.switch.changing",
                "Networks with pending rule changes in a switch",
                "",
                RuleCounts::changing);
        counter(
                of,
                id,
                "vlink.gateway.switch.dropped.packets",
                "Frames that meters of a switch dropped",
                Drops::packets);
        counter(of, id, "vlink.gateway.switch.dropped.bytes", "Bytes that meters of a switch dropped", Drops::bytes);
        return of;
    }

    private void counter(Shown of, DatapathId id, String name, String description, ToLongFunction<Drops> value) {
        of.gauges.add(FunctionCounter.builder(name, of, s -> value.applyAsLong(s.dropped))
                .description(description)
                .tags(Tags.of("datapathId", id.toString()))
                .register(registry));
    }

    private void gauge(
            Shown of, DatapathId id, String name, String description, String state, ToIntFunction<RuleCounts> value) {
        Tags tags = Tags.of("datapathId", id.toString());
        of.gauges.add(Gauge.builder(name, of, s -> value.applyAsInt(s.counts))
                .description(description)
                .tags(state.isEmpty() ? tags : tags.and("state", state))
                .register(registry));
    }

    @Override
    public void drop(DatapathId id) {
        Shown of = shown.remove(id);
        if (of != null) {
            of.gauges.forEach(registry::remove);
        }
    }

    /** Removes all gauges, as another gateway owns the switches now. */
    void close() {
        shown.values().forEach(of -> of.gauges.forEach(registry::remove));
        shown.clear();
    }
}
