package io.vlink.gateway.switches.sync;

import static io.vlink.gateway.switches.Replay.ID;
import static io.vlink.gateway.switches.Replay.id;

import io.vlink.events.Cookie;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.LinkPort;
import io.vlink.events.Owner;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Bucket;
import io.vlink.events.rules.Group;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import io.vlink.events.rules.Table;
import io.vlink.gateway.switches.Replay;
import java.util.List;
import java.util.Objects;

/** One switch with groups of a network and of a link. */
abstract class GroupsFixture {

    /** The group of the links that begin at port 4. */
    static final int GATE = 65_540;

    static final Owner LINKS = new LinkPort("default", PortNumber.of(4));
    final Replay replay = new Replay();

    /** Returns a group that swaps a label and sends by port 4 while the gate is live, else back with another label. */
    static Group face(int number, int label) {
        return new Group(
                number,
                Group.Kind.FAST_FAILOVER,
                List.of(
                        new Bucket(null, GATE, List.of(swap(label), new Action.Output(PortNumber.of(4)))),
                        new Bucket(PortNumber.of(1), null, List.of(swap(label + 100), new Action.OutputBack()))));
    }

    static Action swap(int label) {
        return new Action.SwapLabel(new Label(Label.LabelKind.VLAN, label));
    }

    static Group gate(Bucket... buckets) {
        return new Group(GATE, Group.Kind.FAST_FAILOVER, List.of(buckets));
    }

    static Bucket follows() {
        return new Bucket(PortNumber.of(4), null, List.of(new Action.Output(PortNumber.of(4))));
    }

    static RuleSet links(long step, Group... groups) {
        return new RuleSet(ID, LINKS, new Revision(1, step, 0), List.of(), List.of(groups), List.of());
    }

    static RuleSet network(String name, long step, Group... groups) {
        List<Rule> rules = List.of(groups).stream()
                .map(group -> new Rule(
                        Cookie.of(Cookie.CookieKind.FORWARDING, group.number(), Direction.FORWARD),
                        200,
                        new Match.AtPort(PortNumber.of(1), new Label(Label.LabelKind.VLAN, group.number())),
                        List.<Action>of(new Action.ToGroup(group.number())),
                        Table.CLASSIFY))
                .toList();
        return new RuleSet(ID, id(name), new Revision(1, step, 2), List.of(), List.of(groups), rules);
    }

    String settings(long group) {
        return Objects.requireNonNull(replay.groups.get(group)).settings();
    }

    static Replay restarted(Replay before) {
        Replay restarted = new Replay();
        restarted.rules.putAll(before.rules);
        restarted.groups.putAll(before.groups);
        return restarted;
    }
}
