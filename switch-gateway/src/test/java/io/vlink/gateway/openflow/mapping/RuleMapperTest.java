package io.vlink.gateway.openflow.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Match;
import io.vlink.gateway.switches.entries.GroupBucket;
import io.vlink.gateway.switches.entries.GroupType;
import io.vlink.gateway.switches.entries.WantedGroup;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.projectfloodlight.openflow.protocol.OFBucket;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFGroupMod;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.OFVlanVidMatch;
import org.projectfloodlight.openflow.types.U64;

/** Matches equal those that Loxi builds; buckets differ. */
class RuleMapperTest {

    private static final PortNumber PORT = new PortNumber(70);

    @ParameterizedTest
    @EnumSource(names = {"OF_13", "OF_14"})
    void matchesThePortAndTheLabel(OFVersion version) {
        // Given
        OFFactory factory = OFFactories.getFactory(version);
        RuleMapper mapper = new RuleMapper(factory);
        // Then
        assertThat(mapper.match(new Match.AtPort(PORT, null)))
                .isEqualTo(factory.buildMatch()
                        .setExact(MatchField.IN_PORT, OFPort.of(70))
                        .build());
        assertThat(mapper.match(new Match.AtPort(PORT, Label.of("vlan:100"))))
                .isEqualTo(factory.buildMatch()
                        .setExact(MatchField.IN_PORT, OFPort.of(70))
                        .setExact(MatchField.VLAN_VID, OFVlanVidMatch.ofVlan(100))
                        .build());
        assertThat(mapper.match(new Match.AtPort(PORT, Label.of("vni:70000"))))
                .isEqualTo(factory.buildMatch()
                        .setExact(MatchField.IN_PORT, OFPort.of(70))
                        .setExact(MatchField.TUNNEL_ID, U64.of(70_000))
                        .build());
        assertThat(mapper.match(Match.All.FRAMES))
                .isEqualTo(factory.buildMatch().build());
    }

    /** Loxi's default makes a bucket dead, or is refused. */
    @ParameterizedTest
    @EnumSource(names = {"OF_13", "OF_14"})
    void setsTheWatchedPortAndGroupOfEveryBucket(OFVersion version) {
        // Given
        RuleMapper mapper = new RuleMapper(OFFactories.getFactory(version));
        WantedGroup group = new WantedGroup(
                7,
                GroupType.FAST_FAILOVER,
                List.of(
                        new GroupBucket(null, 65_539L, List.of()),
                        new GroupBucket(PORT, null, List.of()),
                        new GroupBucket(null, null, List.of())),
                "");
        // Then
        for (OFGroupMod sent : List.of(mapper.addGroup(group, 1), mapper.changeGroup(group, 2))) {
            assertThat(sent.getBuckets())
                    .extracting(OFBucket::getWatchPort, OFBucket::getWatchGroup)
                    .containsExactly(
                            tuple(OFPort.ANY, OFGroup.of(65_539)),
                            tuple(OFPort.of(70), OFGroup.ANY),
                            tuple(OFPort.ANY, OFGroup.ANY));
        }
    }
}
