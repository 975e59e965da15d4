package io.vlink.events.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.Direction;
import io.vlink.events.InSwitch;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.Owner;
import io.vlink.events.PortNumber;
import io.vlink.events.Revision;
import io.vlink.events.schema.ExactlyOne;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Owners of rules: networks, and sending ports of links. */
class OwnersTest {

    private static final DatapathId SWITCH = DatapathId.of("a");
    private static final NetworkId NETWORK = NetworkId.of("default/ns/n");
    private static final LinkPort LINK = LinkPort.of("default/3");
    private static final Revision REVISION = new Revision(1, 2, 0);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    @Test
    void aNetworksRecordsContainNoNeedlessFields() throws JsonProcessingException {
        assertThat(JSON.writeValueAsString(new RuleSet(
                        SWITCH, NETWORK, REVISION, List.of(new Meter(7, 1_000, 122)), List.of(), List.of())))
                .isEqualTo(
                        "{\"datapathId\":\"000000000000000a\",\"network\":\"default/ns/n\",\"revision\":\"1.2.0\",\"meters\":[{\"number\":7,\"rateKbps\":1000,\"burstKbits\":122}],\"rules\":[]}");
        assertThat(JSON.writeValueAsString(RuleState.applied(NETWORK, SWITCH, 5, REVISION)))
                .isEqualTo(
                        "{\"network\":\"default/ns/n\",\"datapathId\":\"000000000000000a\",\"epoch\":5,\"revision\":\"1.2.0\"}");
    }

    @Test
    void aLinkHasItsOwnField() throws JsonProcessingException {
        // Given
        RuleSet set = new RuleSet(SWITCH, LINK, REVISION, List.of(new Meter(65_539, 1_000, 122)), List.of(), List.of());
        RuleState state = RuleState.applied(LINK, SWITCH, 5, REVISION);

        // Then
        assertThat(JSON.writeValueAsString(set))
                .contains("\"link\":\"default/3\"")
                .doesNotContain("network");
        assertThat(JSON.readValue(JSON.writeValueAsString(set), RuleSet.class)).isEqualTo(set);
        assertThat(JSON.readValue(JSON.writeValueAsString(state), RuleState.class))
                .isEqualTo(state);
        assertThat(set.key()).isEqualTo("000000000000000a/default/3");
        assertThat(state.key()).isEqualTo("default/3/000000000000000a");
        assertThat(RuleSet.TOPIC.parse().apply(set.key())).isEqualTo(new InSwitch(SWITCH, LINK));
        assertThat(RuleState.TOPIC.parse().apply(state.key())).isEqualTo(new InSwitch(SWITCH, LINK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"network\": \"default/ns/n\", \"link\": \"default/3\","})
    void refusesNoOwnerAndTwoOwners(String owners) {
        String text = "{%s \"datapathId\": \"a\", \"revision\": \"1.1.1\", \"rules\": []}".formatted(owners);

        assertThatThrownBy(() -> JSON.readValue(text, RuleSet.class)).hasMessageContaining("Rules must have");
    }

    @ParameterizedTest
    @CsvSource({"default/ns/n, true", "default/3, false"})
    void readsBothKinds(String text, boolean network) {
        Owner owner = Owner.of(text);

        assertThat(owner instanceof NetworkId).isEqualTo(network);
        assertThat(owner).hasToString(text);
        assertThat(owner.overlay()).isEqualTo("default");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "default",
                "default/",
                "/3",
                "default/03",
                "default/+3",
                "default/0",
                "default/x",
                "D/3",
                "a/b/c/d",
                "default/4294967041",
                "default/99999999999"
            })
    void refusesAnInvalidOwner(String text) {
        assertThatThrownBy(() -> Owner.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void derivesTheNumberOfALinksMeterFromItsPort() {
        assertThat(LinkMeter.of(PortNumber.of(3))).hasValue(65_539);
        assertThat(LinkMeter.of(PortNumber.of(65_535))).hasValue(131_071);
        assertThat(LinkMeter.of(PortNumber.of(65_536))).isEmpty();
        assertThat(LinkMeter.of(PortNumber.of(PortNumber.MAX))).isEmpty();
        assertThat(LinkMeter.port(65_539)).isEqualTo(PortNumber.of(3));
        assertThat(List.of(0L, 1L, 65_535L, 65_536L, 131_072L, 0xffff_ffffL)).noneMatch(LinkMeter::is);
        assertThat(List.of(65_537L, 131_071L)).allMatch(LinkMeter::is);
    }

    @ParameterizedTest
    @CsvSource({
        "default/ns/n, 65535, true",
        "default/ns/n, 65539, false",
        "default/3, 65539, true",
        "default/3, 65540, false",
        "default/3, 3, false"
    })
    void eachOwnerHasItsOwnRangeOfMeters(String owner, int number, boolean taken) {
        // Given
        List<Meter> meters = List.of(new Meter(number, 1, 1));

        // Then
        if (taken) {
            assertThat(new RuleSet(SWITCH, Owner.of(owner), REVISION, meters, List.of(), List.of()).isEmpty())
                    .isFalse();
        } else {
            assertThatThrownBy(() -> new RuleSet(SWITCH, Owner.of(owner), REVISION, meters, List.of(), List.of()))
                    .hasMessageContaining("The meter %d cannot be one of %s".formatted(number, owner));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "default", "default/a", "default/a/", "default/a/0", "default/zz/3", "a/b/c/3"})
    void refusesAnInvalidKeyOfAShare(String text) {
        assertThatThrownBy(() -> LinkShare.ShareKey.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static RuleSet grouped(Owner owner, Group group, Action action) {
        Rule rule = new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, 1, Direction.FORWARD),
                100,
                new Match.AtPort(PortNumber.of(1), null),
                List.of(action),
                null);
        return new RuleSet(SWITCH, owner, REVISION, List.of(), List.of(group), List.of(rule));
    }

    private static Group face(int number, @Nullable Integer watched) {
        return new Group(number, Group.Kind.FAST_FAILOVER, List.of(new Bucket(null, watched, List.of())));
    }

    @Test
    void refusesReferencesOutsideTheSetExceptToLinks() {
        assertThat(grouped(NETWORK, face(7, 65_539), new Action.ToGroup(7)).groups())
                .hasSize(1);
        assertThat(grouped(NETWORK, face(7, 7), new Action.ToGroup(7)).isEmpty())
                .isFalse();
        assertThatThrownBy(() -> grouped(NETWORK, face(7, null), new Action.ToGroup(8)))
                .hasMessageContaining("group 8, which is not in its rule set");
        assertThatThrownBy(() -> grouped(NETWORK, face(7, 8), new Action.ToGroup(7)))
                .hasMessageContaining("Group 7 watches group 8");
        assertThatThrownBy(() -> grouped(NETWORK, face(65_539, null), new Action.OutputBack()))
                .hasMessageContaining("The group 65539 cannot be one of default/ns/n");
        assertThatThrownBy(() -> grouped(LINK, face(7, null), new Action.OutputBack()))
                .hasMessageContaining("The group 7 cannot be one of default/3");
    }

    /**
     * Removing a meter also removes the rules that use it. So its lifetime must be that of its rules, not of another
     * network.
     */
    @ParameterizedTest
    @CsvSource({"default/ns/n, 7, true", "default/ns/n, 65539, true", "default/ns/n, 5, false", "default/3, 5, false"})
    void rulesUseMetersOfTheirSetOrOfALink(String owner, int passed, boolean taken) {
        // Given
        Owner whose = Owner.of(owner);
        List<Meter> own = whose.equals(LINK) ? List.of(new Meter(65_539, 1, 1)) : List.of(new Meter(7, 1, 1));
        Rule rule = new Rule(
                Cookie.of(Cookie.CookieKind.FORWARDING, 1, Direction.FORWARD),
                100,
                new Match.AtPort(PortNumber.of(1), null),
                List.of(new Action.ApplyMeter(passed), new Action.OutputBack()),
                null);

        // Then
        if (taken) {
            assertThat(new RuleSet(SWITCH, whose, REVISION, own, List.of(), List.of(rule)).rules())
                    .containsExactly(rule);
        } else {
            assertThatThrownBy(() -> new RuleSet(SWITCH, whose, REVISION, own, List.of(), List.of(rule)))
                    .hasMessageContaining("A rule uses meter 5, which is neither a link's nor in its rule set.");
        }
    }

    @Test
    void aBucketWatchesOneThingAndContainsNoFurtherJumps() {
        assertThatThrownBy(() -> new Bucket(PortNumber.of(1), 7, List.of())).hasMessageContaining("not both");
        assertThatThrownBy(() -> new Bucket(List.of(new Action.ToGroup(7)))).hasMessageContaining("cannot have");
        assertThatThrownBy(() -> new Bucket(List.of(new Action.ApplyMeter(7)))).hasMessageContaining("cannot have");
        assertThatThrownBy(() -> new Bucket(List.of(new Action.GoTo(Table.FORWARDING))))
                .hasMessageContaining("cannot have");
        assertThatThrownBy(() -> new Group(7, Group.Kind.ALL, List.of(new Bucket(PortNumber.of(1), null, List.of()))))
                .hasMessageContaining("none of them may watch");
    }

    @Test
    void theKeyOfAShareIsItsSendingPort() {
        LinkShare share = new LinkShare("default", SWITCH, PortNumber.of(3), 1_000, 400, 600);

        assertThat(share.key()).isEqualTo("default/000000000000000a/3");
        assertThat(LinkShare.ShareKey.of(share.key()).link()).isEqualTo(LINK).isEqualTo(share.link());
        assertThatThrownBy(() -> new LinkShare("default", SWITCH, PortNumber.of(3), 1_000, 400, -1))
                .hasMessageContaining("port 3 of switch 000000000000000a");
    }

    /** A kind of owner without a field would not be refused beside another one, and would not be read. */
    @ParameterizedTest
    @ValueSource(classes = {RuleSetRecord.class, RuleStateRecord.class})
    void hasAFieldForEachKindOfOwnerExactlyOneOfWhichIsSet(Class<?> record) {
        // Given
        List<RecordComponent> fields = Stream.of(record.getRecordComponents())
                .filter(field -> Owner.class.isAssignableFrom(field.getType()))
                .toList();

        // Then
        assertThat(fields).extracting(RecordComponent::getType).hasSameElementsAs(kinds());
        assertThat(fields)
                .extracting(RecordComponent::getName)
                .containsExactlyInAnyOrder(Objects.requireNonNull(record.getAnnotation(ExactlyOne.class))
                        .value());
    }

    private static List<Class<?>> kinds() {
        return List.of(Owner.class.getPermittedSubclasses());
    }
}
