package io.vlink.gateway.openflow.exchanges;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Cookie;
import io.vlink.events.Direction;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.rules.Action;
import io.vlink.events.rules.Bucket;
import io.vlink.events.rules.Group;
import io.vlink.events.rules.Match;
import io.vlink.events.rules.Rule;
import io.vlink.events.rules.RuleSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.projectfloodlight.openflow.protocol.OFVersion;

/**
 * A gateway dies between any two of its messages, and another one starts with the rule sets wanted by then. In the end the
 * switch contains exactly those, and the entries of others.
 */
class CutGatewayTest extends CutGatewayFixture {

    private static final int SCENARIOS = 60;

    /** The rule set of a network with a group of its own number, which watches the gate of the links at port 9, or the port. */
    private RuleSet grouped(int n, boolean gated, int label) {
        List<Action> actions = List.of(
                new Action.SwapLabel(new Label(Label.LabelKind.VLAN, label)), new Action.Output(PortNumber.of(9)));
        Bucket bucket = gated ? new Bucket(null, LINK_METER, actions) : new Bucket(PortNumber.of(9), null, actions);
        Rule rule = new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, n, Direction.FORWARD),
                100,
                new Match.AtPort(PortNumber.of(10L * n), null),
                List.of(new Action.ToGroup(n)),
                table);
        return new RuleSet(
                ID,
                id(n),
                new Revision(1, ++steps, 2),
                List.of(),
                List.of(new Group(n, Group.Kind.FAST_FAILOVER, List.of(bucket))),
                List.of(rule));
    }

    private boolean areLinksNeeded() {
        return wanted.values().stream()
                .filter(set -> set.owner() instanceof NetworkId)
                .anyMatch(set -> set.rules().stream().anyMatch(rule -> meter(rule) == LINK_METER)
                        || set.groups().stream()
                                .anyMatch(group -> watches(group).contains(LINK_METER)));
    }

    @Test
    void removesTheMeterWhenTheNextGatewayFindsAnUnwrittenEdit() {
        // Given
        ModelSwitch model = begin();
        Life life = new Life(model, Integer.MAX_VALUE);
        change(life, set(1, 7, 100, 1));
        assertThat(model.meters()).contains(7L);
        // When: the edit was recorded, and the gateway died before it wrote anything
        RuleSet unmetered = set(1, 0, 100, 1);
        wanted.put(unmetered.owner(), unmetered);
        new Life(model, Integer.MAX_VALUE);
        // Then
        assertExactlyWhatIsWanted(model, "an edit");
    }

    @ParameterizedTest
    @EnumSource(
            value = OFVersion.class,
            names = {"OF_13", "OF_14"})
    void reachesTheWantedStateAfterACutAtAnyMessage(OFVersion spoken) {
        // Given
        version = spoken;

        // Then
        for (int seed = 0; seed < SCENARIOS; seed++) {
            int messages = play(seed, Integer.MAX_VALUE);
            for (int cut = 0; cut < messages; cut++) {
                play(seed, cut);
            }
        }
    }

    /** Returns the number of messages that the first gateway sent. */
    private int play(int seed, int cut) {
        Random random = new Random(seed);
        ModelSwitch model = begin();
        Life life = new Life(model, Integer.MAX_VALUE);
        for (int n = 1; n <= 3; n++) {
            int meter = List.of(0, n, LINK_METER).get(random.nextInt(3));
            change(life, set(n, meter, 100 + n, 1 + random.nextInt(2)));
        }
        if (random.nextBoolean()) {
            change(life, links(1_000));
        }
        Life cutLife = new Life(model, cut);
        for (int step = 0; step < 4; step++) {
            int n = 1 + random.nextInt(3);
            switch (random.nextInt(12)) {
                case 0 -> change(cutLife, set(n, n, 100 + n, 1 + random.nextInt(2)));
                case 1 -> change(cutLife, set(n, 0, 100 + n, 1 + random.nextInt(2)));
                case 2 -> change(cutLife, set(n, n + 10, 200 + n, 1 + random.nextInt(2)));
                case 3 -> change(cutLife, set(n, 0, 100, 0));
                case 4, 5 -> change(cutLife, set(n, LINK_METER, 100 + n, 1 + random.nextInt(2)));
                case 6 -> change(cutLife, links(1_000 + step));
                case 8, 9, 10 -> change(cutLife, grouped(n, random.nextBoolean(), 300 + step));
                case 7 -> {
                    change(cutLife, links(0));
                    if (random.nextBoolean()) {
                        wanted.remove(LINKS);
                        cutLife.remove(LINKS);
                    }
                }
                default -> {
                    wanted.remove(id(n));
                    cutLife.remove(id(n));
                }
            }
        }
        if (areLinksNeeded()) {
            wanted.put(LINKS, links(2_000));
        }
        new Life(model, Integer.MAX_VALUE);
        assertExactlyWhatIsWanted(model, "scenario %d cut at message %d".formatted(seed, cut));
        return cutLife.messages;
    }
}
