package io.vlink.audit.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.audit.differences.Difference;
import io.vlink.audit.differences.Difference.DifferenceType;
import io.vlink.audit.tables.DisplayNames;
import io.vlink.audit.tables.HandMade;
import io.vlink.audit.tables.SwitchTables;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.SwitchPort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hand-made tables. Switches a, b and c are in a row; port 1 leads back, port 2 on. Network one goes from a/11 to c/12, network
 * two from a/21 to c/22.
 */
final class ThreeSwitches {

    static final NetworkId ONE = NetworkId.of("default/tenant-a/one");
    static final NetworkId TWO = NetworkId.of("default/tenant-b/two");

    final HandMade a = HandMade.of("a", 1, 2, 11, 21, 31, 32);
    final HandMade b = HandMade.of("b", 1, 2, 3, 31);
    final HandMade c = HandMade.of("c", 1, 2, 12, 22, 31);
    final List<Way> ways = new ArrayList<>();
    final Cables cables = new Cables();

    ThreeSwitches() {
        ways.addAll(network(ONE, 1, true, 11, 12, 100, 150));
        ways.addAll(network(TWO, 2, true, 21, 22, 200, 250));
        rules(11, 12, 100, 150);
        rules(21, 22, 200, 250);
        cables.link(SwitchPort.of("a/2"), SwitchPort.of("b/1"), false);
        cables.link(SwitchPort.of("b/1"), SwitchPort.of("a/2"), false);
        cables.link(SwitchPort.of("b/2"), SwitchPort.of("c/1"), false);
        cables.link(SwitchPort.of("c/1"), SwitchPort.of("b/2"), false);
    }

    static List<Way> network(NetworkId id, long circuit, boolean current, int from, int to, int there, int back) {
        return List.of(
                new Way(
                        id,
                        circuit,
                        Direction.FORWARD,
                        current,
                        List.of(
                                stage("a", from, null, 2, there),
                                stage("b", 1, there, 2, there + 1),
                                stage("c", 1, there + 1, to, null))),
                new Way(
                        id,
                        circuit,
                        Direction.REVERSE,
                        current,
                        List.of(
                                stage("c", to, null, 1, back),
                                stage("b", 2, back, 1, back + 1),
                                stage("a", 2, back + 1, from, null))));
    }

    static Way.Stage stage(String id, int in, @Nullable Integer inLabel, int out, @Nullable Integer outLabel) {
        return new Way.Stage(
                0, DatapathId.of(id), PortNumber.of(in), vlan(inLabel), PortNumber.of(out), vlan(outLabel));
    }

    static @Nullable Label vlan(@Nullable Integer id) {
        return id == null ? null : new Label(Label.LabelKind.VLAN, id);
    }

    private void rules(int from, int to, int there, int back) {
        a.rules(ingress(from, there, 2), egress(2, back + 1, from));
        b.rules(swap(1, there, there + 1, 2), swap(2, back, back + 1, 1));
        c.rules(ingress(to, back, 1), egress(1, there + 1, to));
    }

    static String ingress(int in, int label, int out) {
        return "priority=100,in_port=%d actions=push_vlan:0x8100,set_field:%d->vlan_vid,output:%d"
                .formatted(in, 4096 + label, out);
    }

    static String swap(int in, int from, int to, int out) {
        return "priority=200,in_port=%d,dl_vlan=%d actions=set_field:%d->vlan_vid,output:%d"
                .formatted(in, from, 4096 + to, out);
    }

    static String egress(int in, int label, int out) {
        return "priority=200,in_port=%d,dl_vlan=%d actions=pop_vlan,output:%d".formatted(in, label, out);
    }

    Collection<Difference> check() {
        return check(a, b, c);
    }

    Collection<Difference> check(HandMade... switches) {
        Map<DatapathId, SwitchTables> tables = new HashMap<>();
        Arrays.stream(switches).forEach(made -> tables.put(made.id(), made.tables()));
        ways.forEach(cables::way);
        return Isolation.check(
                tables, ways, cables, id -> true, new DisplayNames(Map.of(DatapathId.of("a"), "node-a"), tables));
    }

    static void assertFound(Collection<Difference> found, DifferenceType kind, NetworkId network, String... words) {
        assertThat(found).as("%s", found).anySatisfy(difference -> {
            assertThat(difference.kind()).isEqualTo(kind);
            assertThat(difference.owner()).isEqualTo(network);
            assertThat(difference.words()).contains(words);
        });
    }

    /** Moves all rules of a switch to table 2, and adds these to the first. */
    static void behindTheFirst(HandMade made, String... leads) {
        List<String> texts = made.tables().rules().stream()
                .map(rule -> rule.text().replace("priority=", "table=2,priority="))
                .toList();
        made.without("").rules(texts.toArray(String[]::new)).rules(leads);
    }

    void allBehindTheFirst() {
        for (HandMade each : List.of(a, b, c)) {
            behindTheFirst(each, "priority=99 actions=goto_table:2");
        }
    }
}
