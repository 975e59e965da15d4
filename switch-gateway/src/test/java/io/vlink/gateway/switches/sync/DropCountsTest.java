package io.vlink.gateway.switches.sync;

import static io.vlink.gateway.switches.Replay.ID;
import static io.vlink.gateway.switches.Replay.id;
import static io.vlink.gateway.switches.Replay.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.rules.Meter;
import io.vlink.gateway.switches.boundary.OwnerChange;
import io.vlink.gateway.switches.entries.Drops;
import io.vlink.gateway.switches.entries.InstalledMeter;
import io.vlink.gateway.switches.installed.WriteJournal;
import io.vlink.gateway.switches.wanted.WantedRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The drops of a meter are reported as one growing count, even if the switch's count restarts. */
class DropCountsTest {

    private static final WriteJournal NOTHING = new WriteJournal();

    private final WantedRules wanted = new WantedRules(ID);
    private final DropCounts drops = new DropCounts();

    private boolean read(long packets) {
        return !drops.take(List.of(meter(packets)), NOTHING, wanted).isEmpty();
    }

    private static InstalledMeter meter(long packets) {
        return new InstalledMeter(7, "any", 1, new Drops(packets, packets * 100));
    }

    private static OwnerChange change(List<Meter> changed, List<Long> removed) {
        return new OwnerChange(
                id("n"),
                set("n", 1, 0).revision(),
                List.of(),
                changed,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                removed,
                List.of());
    }

    @Test
    void returnsTheOwnersWithMoreDrops() {
        wanted.put(set("n", 1, 7));

        assertThat(read(0)).isFalse();
        assertThat(read(3)).isTrue();
        assertThat(read(3)).isFalse();

        assertThat(drops.of(7, id("n"))).isEqualTo(new Drops(3, 300));
        assertThat(drops.of(7, id("m"))).isNull();
        assertThat(drops.of(8, id("n"))).isNull();
        assertThat(drops.total()).isEqualTo(new Drops(3, 300));
    }

    @Test
    void continuesWhenAChangeRestartsTheSwitchsCount() {
        // Given
        wanted.put(set("n", 1, 7));
        read(10);

        // When: the new count exceeds the one before the change
        drops.applied(change(List.of(new Meter(7, 30_000, 600)), List.of()));
        read(25);

        // Then
        assertThat(drops.of(7, id("n"))).isEqualTo(new Drops(35, 3_500));
        assertThat(drops.total()).isEqualTo(new Drops(35, 3_500));
    }

    @Test
    void continuesWhenOthersRestartTheSwitchsCount() {
        wanted.put(set("n", 1, 7));
        read(10);

        assertThat(read(4)).isTrue();

        assertThat(drops.of(7, id("n"))).isEqualTo(new Drops(14, 1_400));
        assertThat(drops.total()).isEqualTo(new Drops(14, 1_400));
    }

    @Test
    void ignoresAReadOfAMeterThatWasWrittenMeanwhile() {
        // Given
        wanted.put(set("n", 1, 7));
        read(10);
        OwnerChange change = change(List.of(new Meter(7, 30_000, 600)), List.of());
        WriteJournal since = new WriteJournal();
        since.add(change);
        drops.applied(change);

        // When: the switch read it before the change
        drops.take(List.of(meter(12)), since, wanted);

        // Then
        assertThat(drops.of(7, id("n"))).isEqualTo(new Drops(10, 1_000));
    }

    @Test
    void startsFromZeroForAMeterThatWasRemovedOrLost() {
        // Given
        wanted.put(set("n", 1, 7));
        read(10);

        // When
        drops.applied(change(List.of(), List.of(7L)));

        // Then
        assertThat(drops.of(7, id("n"))).isNull();

        // When
        read(1);

        // Then
        assertThat(drops.of(7, id("n"))).isEqualTo(new Drops(1, 100));

        // When
        drops.take(List.of(), NOTHING, wanted);

        // Then
        assertThat(drops.of(7, id("n"))).isNull();
        assertThat(drops.total()).isEqualTo(new Drops(11, 1_100));
    }

    @Test
    void reportsToANetworkOnlyItsOwnDrops() {
        // Given: the second network takes over the meter unchanged
        wanted.put(set("first", 1, 7));
        read(10);
        wanted.put(set("second", 1, 7));
        wanted.put(set("first", 2, 0));

        // When
        read(12);

        // Then
        assertThat(drops.of(7, id("first"))).isNull();
        assertThat(drops.of(7, id("second"))).isEqualTo(new Drops(2, 200));
        assertThat(drops.total()).isEqualTo(new Drops(12, 1_200));
    }

    @Test
    void countsNoUnwantedMetersAndReportsNothingIfTheSwitchDoesNot() {
        read(10);
        assertThat(drops.total()).isEqualTo(Drops.NONE);

        wanted.put(set("n", 1, 7));
        drops.take(List.of(new InstalledMeter(7, "any", 1)), NOTHING, wanted);
        assertThat(drops.of(7, id("n"))).isNull();
    }
}
