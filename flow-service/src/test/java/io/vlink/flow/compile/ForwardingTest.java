package io.vlink.flow.compile;

import static io.vlink.flow.sample.Sample.circuit;
import static io.vlink.flow.sample.Sample.dpid;
import static io.vlink.flow.sample.Sample.endpoint;
import static io.vlink.flow.sample.Sample.guide;
import static io.vlink.flow.sample.Sample.protectedGuide;
import static io.vlink.flow.sample.Sample.route;
import static io.vlink.flow.sample.Sample.withEndpoints;
import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Direction;
import io.vlink.events.PortNumber;
import io.vlink.events.paths.Circuit;
import io.vlink.flow.sample.Compiled;
import io.vlink.flow.sample.Fabric;
import io.vlink.flow.sample.Fabric.Delivery;
import io.vlink.flow.sample.FlowTable;
import io.vlink.flow.sample.Frame;
import io.vlink.flow.sample.Frame.Tag;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that a frame leaves at the right port and nowhere else. */
class ForwardingTest {

    static Stream<Frame> frames() {
        return Stream.of(
                Frame.plain("untagged"),
                Frame.tagged("tagged", new Tag(0x8100, 5)),
                Frame.tagged("tagged like an allocated label", new Tag(0x8100, 100)),
                Frame.tagged("double tagged", new Tag(0x8100, 5), new Tag(0x8100, 6)),
                Frame.tagged("802.1ad", new Tag(0x88a8, 5), new Tag(0x8100, 6)),
                Frame.tagged("priority tagged", new Tag(0x8100, 0)));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void carriesAFrameUnchangedOverACDEAndNowhereElse(Frame frame) {
        assertThat(Fabric.of(List.of(Compiled.rules(guide()))).send('a', 11, frame))
                .containsExactly(new Delivery('e', 12, frame, "acde", List.of(1)));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void carriesAFrameBackUnchangedOverEDBAAndNowhereElse(Frame frame) {
        assertThat(Fabric.of(List.of(Compiled.rules(guide()))).send('e', 12, frame))
                .containsExactly(new Delivery('a', 11, frame, "edba", List.of()));
    }

    /** With the link to d dead, c would send the frame over a and b; it merges at d. */
    @Test
    void carriesAFrameOnADetourToTheSameEndpoint() {
        Fabric fabric = Fabric.of(List.of(Compiled.rules(protectedGuide())));

        assertThat(fabric.send('a', 3, Frame.tagged("x", new Tag(0x8100, 300))))
                .containsExactly(new Delivery('e', 12, Frame.plain("x"), "abde", List.of()));
        assertThat(fabric.send('a', 11, Frame.plain("x")))
                .containsExactly(new Delivery('e', 12, Frame.plain("x"), "acde", List.of()));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void carriesAFrameUnchangedOverAnyMixOfPlainAndVxlanLinks(Frame frame) {
        for (String vxlan : List.of("", "a", "c", "d", "ac", "ad", "cd", "acd")) {
            // Given
            Circuit mixed = new Circuit(
                    2,
                    1,
                    List.of(endpoint('a', "ping", 11), endpoint('e', "pong", 12)),
                    List.of(
                            route(Direction.FORWARD, 200, null, "acde", vxlan, null, null),
                            route(Direction.REVERSE, 250, null, "edba", vxlan + "be", null, null)));
            Fabric fabric = Fabric.of(List.of(Compiled.rules(mixed)));

            // Then
            assertThat(fabric.send('a', 11, frame)).containsExactly(new Delivery('e', 12, frame, "acde", List.of()));
            assertThat(fabric.send('e', 12, frame)).containsExactly(new Delivery('a', 11, frame, "edba", List.of()));
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    void connectsOnlyTheTwoWorkloadsOnOneSwitch(Frame frame) {
        Fabric fabric = Fabric.of(List.of(Compiled.rules(circuit(3, 1, "a", "a", null))));

        assertThat(fabric.send('a', 11, frame)).containsExactly(new Delivery('a', 12, frame, "a", List.of()));
        assertThat(fabric.send('a', 12, frame)).containsExactly(new Delivery('a', 11, frame, "a", List.of()));
        assertThat(fabric.send('a', 13, frame)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void separatesTwoVlinksThatShareLinks(Frame frame) {
        // Given: both over a-c-d-e, with workloads at different ports
        Circuit other = withEndpoints(
                circuit(2, 1, "acde", "edca", 5_000_000L), endpoint('a', "ping", 21), endpoint('e', "pong", 22));
        Fabric fabric = Fabric.of(List.of(Compiled.rules(guide()), Compiled.rules(other)));

        assertThat(fabric.send('a', 11, frame))
                .extracting(Delivery::node, Delivery::port)
                .containsExactly(tuple('e', 12));
        assertThat(fabric.send('a', 21, frame))
                .extracting(Delivery::node, Delivery::port)
                .containsExactly(tuple('e', 22));
        assertThat(fabric.send('e', 12, frame))
                .extracting(Delivery::node, Delivery::port)
                .containsExactly(tuple('a', 11));
        assertThat(fabric.send('e', 22, frame))
                .extracting(Delivery::node, Delivery::port)
                .containsExactly(tuple('a', 21));
    }

    @Test
    void dropsLabelsThatWereNotAllocated() {
        // Given
        FlowTable transit = new FlowTable(List.of(Compiled.rules(guide()).getOrDefault(dpid('c'), SwitchRules.NONE)));
        PortNumber fromA = PortNumber.of(1);

        // Then: another id, no tag, the right id within another tag, the right id at another port
        assertThat(transit.process(fromA, Frame.tagged("x", new Tag(0x8100, 100))))
                .hasSize(1);
        assertThat(transit.process(fromA, Frame.tagged("x", new Tag(0x8100, 101))))
                .isEmpty();
        assertThat(transit.process(fromA, Frame.plain("x"))).isEmpty();
        assertThat(transit.process(fromA, Frame.tagged("x", new Tag(0x8100, 9), new Tag(0x8100, 100))))
                .isEmpty();
        assertThat(transit.process(PortNumber.of(4), Frame.tagged("x", new Tag(0x8100, 100))))
                .isEmpty();
    }

    private static org.assertj.core.groups.Tuple tuple(char node, int port) {
        return org.assertj.core.groups.Tuple.tuple(node, port);
    }
}
