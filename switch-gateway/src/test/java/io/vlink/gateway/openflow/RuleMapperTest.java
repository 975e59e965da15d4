package io.vlink.gateway.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.Label;
import io.vlink.events.PortNumber;
import io.vlink.events.rules.Match;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.OFVlanVidMatch;
import org.projectfloodlight.openflow.types.U64;

/** Matches are as Loxi would build them. */
class RuleMapperTest {

    private static final PortNumber PORT = new PortNumber(70);

    @ParameterizedTest
    @EnumSource(names = {"OF_13", "OF_14"})
    void matchesThePortAndTheLabel(OFVersion version) {
        // Given
        OFFactory factory = OFFactories.getFactory(version);
        RuleMapper mapper = new RuleMapper(factory);
        // Then
        assertThat(mapper.match(new Match(PORT, null)))
                .isEqualTo(factory.buildMatch()
                        .setExact(MatchField.IN_PORT, OFPort.of(70))
                        .build());
        assertThat(mapper.match(new Match(PORT, Label.of("vlan:100"))))
                .isEqualTo(factory.buildMatch()
                        .setExact(MatchField.IN_PORT, OFPort.of(70))
                        .setExact(MatchField.VLAN_VID, OFVlanVidMatch.ofVlan(100))
                        .build());
        assertThat(mapper.match(new Match(PORT, Label.of("vni:70000"))))
                .isEqualTo(factory.buildMatch()
                        .setExact(MatchField.IN_PORT, OFPort.of(70))
                        .setExact(MatchField.TUNNEL_ID, U64.of(70_000))
                        .build());
    }
}
