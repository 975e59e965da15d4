package io.vlink.operator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.SwitchPort;
import io.vlink.events.switches.Plug;
import io.vlink.events.switches.Port;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The port that a pod's interface is plugged into, and notifications of changes. */
final class PluggedPortsTest {

    private static final SwitchPort THREE = SwitchPort.of("000000000000000a/3");
    private static final SwitchPort FOUR = SwitchPort.of("000000000000000a/4");
    private static final Plug PLUG = new Plug("pod-1", "net1");

    private final List<String> told = new ArrayList<>();
    private final PluggedPorts plugged = new PluggedPorts(told::add);

    @Test
    void findsAPlugFromTheSwitchsReportUntilItsPortIsGone() {
        // Given: no report
        assertThat(plugged.of("pod-1", "net1")).isNull();

        // When
        take(THREE, port(THREE, 1, true, PLUG));

        // Then
        assertThat(plugged.of("pod-1", "net1")).isEqualTo(port(THREE, 1, true, PLUG));
        assertThat(plugged.of("pod-1", "net2")).isNull();
        assertThat(plugged.isPlugged("pod-1")).isTrue();
        assertThat(plugged.isPlugged("pod-2")).isFalse();

        // When
        take(THREE, port(THREE, 1, false, PLUG));

        // Then
        assertThat(plugged.of("pod-1", "net1")).isNull();
        assertThat(plugged.isPlugged("pod-1")).isFalse();
        assertThat(told).containsExactly("pod-1", "pod-1");
    }

    @Test
    void doesNotNotifyOfChangesThatDoNotConcernThePlug() {
        take(THREE, port(THREE, 2, true, PLUG));
        take(THREE, port(THREE, 2, true, PLUG));
        take(THREE, port(THREE, 1, false, null)); // by a former master
        take(FOUR, port(FOUR, 1, true, null));

        assertThat(told).containsExactly("pod-1");
        assertThat(plugged.isPlugged("pod-1")).isTrue();
    }

    @Test
    void reassignsAPortThatAnotherPodTakesOver() {
        take(THREE, port(THREE, 1, true, PLUG));
        take(THREE, port(THREE, 1, true, new Plug("pod-2", "net1")));

        assertThat(plugged.of("pod-1", "net1")).isNull();
        assertThat(plugged.of("pod-2", "net1")).isNotNull();
        assertThat(told).containsExactly("pod-1", "pod-1", "pod-2");
    }

    @Test
    void keepsAMovedPlugWhenItsFormerPortGoes() {
        take(THREE, port(THREE, 1, true, PLUG));
        take(FOUR, port(FOUR, 1, true, PLUG));

        take(THREE, null);

        assertThat(plugged.of("pod-1", "net1")).isEqualTo(port(FOUR, 1, true, PLUG));
    }

    @Test
    void clearDropsAllPlugs() {
        take(THREE, port(THREE, 5, true, PLUG));

        plugged.clear();

        assertThat(plugged.isPlugged("pod-1")).isFalse();
        take(THREE, port(THREE, 1, true, PLUG));
        assertThat(plugged.of("pod-1", "net1")).isNotNull();
    }

    private void take(SwitchPort id, @Nullable Port port) {
        plugged.take(id.toString(), port);
    }

    private static Port port(SwitchPort id, long epoch, boolean present, @Nullable Plug plug) {
        return new Port(id, epoch, present, "veth", "02:00:00:00:00:01", true, 0, null, plug);
    }
}
