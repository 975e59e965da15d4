package io.vlink.networkapi.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.ResourceId;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.nodes.NodeSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TopologyReaderTest {

    private static final DocumentScope NODE = DocumentScope.inOverlay("default", "node-a");
    private static final DocumentScope LINK = DocumentScope.inOverlay("default", "link-ab");

    @Test
    void readsANode() {
        var declaration = Written.read(TopologyReader.node(
                Written.json(
                        "{'datapathId':'a','tunnelAddress':'fd00::1','ovsdb':'tcp:10.0.0.1:6640','maintenance':true}"),
                NODE));

        assertThat(declaration.id()).isEqualTo(new ResourceId("default", "node-a"));
        assertThat(declaration.spec())
                .isEqualTo(new NodeSpec(new DatapathId(10), "fd00::1", "tcp:10.0.0.1:6640", true));
    }

    @Test
    void readsADatapathIdAsOnosWritesIt() {
        var declaration = Written.read(TopologyReader.node(Written.json("{'datapathId':'of:000000000000000a'}"), NODE));

        assertThat(declaration.spec().datapathId()).isEqualTo(new DatapathId(10));
    }

    @Test
    void readsADatapathIdOfDigitsOnlyAsHexadecimalInYamlToo() {
        var declaration = Written.read(TopologyReader.node(Written.yaml("datapathId: 0000000000000010\n"), NODE));

        assertThat(declaration.spec().datapathId()).isEqualTo(new DatapathId(16));
    }

    @Test
    void readsALink() {
        // When
        var declaration = Written.read(TopologyReader.link(
                Written.json("{'from':{'node':'node-a','port':'p-ab'},'to':{'node':'node-b','port':3},"
                        + "'capacityBits':'1G','latencyNanos':'0.2ms','kind':'vxlan'}"),
                LINK));

        // Then
        assertThat(declaration.spec())
                .isEqualTo(new LinkSpec(
                        new LinkEnd("node-a", new PortLocator("p-ab")),
                        new LinkEnd("node-b", new PortLocator("3")),
                        1_000_000_000,
                        200_000,
                        LinkKind.VXLAN,
                        false));
    }

    @ParameterizedTest
    @CsvSource({"100M, 100000000", "0, 0", "1G, 1000000000"})
    void readsTheBestEffortFloorOfALink(String written, long floor) {
        var declaration = Written.read(TopologyReader.link(
                Written.json("{'from':{'node':'a','port':'p'},'to':{'node':'b','port':'q'},"
                        + "'capacityBits':'1G','latencyNanos':0,'bestEffortFloorBits':'" + written + "'}"),
                LINK));

        assertThat(declaration.spec().bestEffortFloorBits()).isEqualTo(floor);
    }

    @Test
    void readsTheAnswerAboutALinkButNoFieldsOfALinkInANode() {
        var declaration = Written.read(TopologyReader.link(
                Written.json(
                        "{'overlay':'default','name':'link-ab','generation':7,'createdAt':'2026-11-30T12:00:00Z','requestedBy':'x','spec':{'from':{'node':'a','port':'p1'},'to':{'node':'b','port':'p2'},'capacityBits':1000000000,'latencyNanos':0},'status':{'state':'Up'},'use':{'current':1,'leaving':0},'reservedBits':20000000,'freeBits':980000000}"),
                LINK));
        assertThat(declaration.spec().capacityBits()).isEqualTo(1_000_000_000);
        assertThat(Written.violations(TopologyReader.node(
                        Written.json("{'spec':{'datapathId':'a'},'use':{'current':1,'leaving':0},'freeBits':1}"),
                        NODE)))
                .containsExactly("$.freeBits UnknownField");
    }

    @Test
    void readsALinkWithoutABestEffortFloor() {
        var declaration = Written.read(TopologyReader.link(
                Written.json("{'from':{'node':'a','port':'p'},'to':{'node':'b','port':'q'},"
                        + "'capacityBits':'1G','latencyNanos':0}"),
                LINK));

        assertThat(declaration.spec().bestEffortFloorBits()).isNull();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void refusesANodeWithTheFieldAndReason(String document, List<String> violations) {
        assertThat(Written.violations(TopologyReader.node(Written.json(document), NODE)))
                .containsExactlyElementsOf(violations);
    }

    static Stream<Arguments> nodes() {
        return Stream.of(
                arguments("{}", List.of("$.datapathId Missing")),
                arguments("{'datapathId':16}", List.of("$.datapathId WrongType")),
                arguments("{'datapathId':'xyz'}", List.of("$.datapathId InvalidDatapathId")),
                arguments("{'datapathId':'00000000000000001'}", List.of("$.datapathId InvalidDatapathId")),
                arguments("{'datapathId':'a','name':'node-b'}", List.of("$.name Mismatch")),
                arguments("{'datapathId':'a','dpid':'a'}", List.of("$.dpid UnknownField")),
                arguments(
                        "{'datapathId':'a','tunnelAddress':'host.example','ovsdb':'10.0.0.1','maintenance':'maybe'}",
                        List.of("$.tunnelAddress InvalidAddress", "$.ovsdb InvalidAddress", "$.maintenance WrongType")),
                arguments("{'datapathId':'a','tunnelAddress':'10.0.0.256'}", List.of("$.tunnelAddress InvalidAddress")),
                arguments("{'datapathId':'a','tunnelAddress':'0.0.0.0'}", List.of("$.tunnelAddress InvalidAddress")),
                arguments("{'datapathId':'a','tunnelAddress':'::'}", List.of("$.tunnelAddress InvalidAddress")),
                arguments("{'datapathId':'a','tunnelAddress':'239.1.1.1'}", List.of("$.tunnelAddress InvalidAddress")),
                arguments("{'datapathId':'a','tunnelAddress':'ff02::1'}", List.of("$.tunnelAddress InvalidAddress")),
                arguments(
                        "{'datapathId':'a','tunnelAddress':'255.255.255.255'}",
                        List.of("$.tunnelAddress InvalidAddress")),
                arguments("{'datapathId':'a','ovsdb':'ssl:10.0.0.1:6640'}", List.of("$.ovsdb InvalidAddress")),
                arguments("{'datapathId':'a','ovsdb':'tcp:h:65536'}", List.of("$.ovsdb InvalidAddress")));
    }

    @ParameterizedTest
    @MethodSource("links")
    void refusesALinkWithTheFieldAndReason(String document, List<String> violations) {
        assertThat(Written.violations(TopologyReader.link(Written.json(document), LINK)))
                .containsExactlyElementsOf(violations);
    }

    static Stream<Arguments> links() {
        String ends = "'from':{'node':'a','port':'p'},'to':{'node':'b','port':'q'}";
        return Stream.of(
                arguments(
                        "{}",
                        List.of("$.from Missing", "$.to Missing", "$.capacityBits Missing", "$.latencyNanos Missing")),
                arguments(
                        "{" + ends + ",'capacityBits':0,'latencyNanos':-1,'kind':'gre'}",
                        List.of("$.capacityBits OutOfRange", "$.latencyNanos OutOfRange", "$.kind UnknownValue")),
                arguments(
                        "{" + ends + ",'capacityBits':'2000T','latencyNanos':0}", List.of("$.capacityBits OutOfRange")),
                arguments(
                        "{'from':{'node':'a','port':'p'},'to':{'node':'a','port':'q'},'capacityBits':'1G','latencyNanos':0}",
                        List.of("$.to EndsEqual")),
                arguments(
                        "{'from':{'node':'a','port':'two words'},'to':{'node':'b','port':0},'capacityBits':'1G','latencyNanos':0}",
                        List.of("$.from.port InvalidPort", "$.to.port InvalidPort")),
                arguments(
                        "{" + ends + ",'capacityBits':'1G','latencyNanos':0,'bestEffortFloorBits':'1001M'}",
                        List.of("$.bestEffortFloorBits OutOfRange")),
                arguments(
                        "{" + ends + ",'capacityBits':'1G','latencyNanos':0,'bestEffortFloorBits':-1}",
                        List.of("$.bestEffortFloorBits OutOfRange")),
                arguments(
                        "{" + ends + ",'capacityBits':'1G','latencyNanos':0,'bestEffortFloorBits':'much'}",
                        List.of("$.bestEffortFloorBits NotANumber")),
                arguments(
                        "{'from':'a','to':{'node':'b','prt':1},'capacityBits':'1G','latencyNanos':0}",
                        List.of("$.from WrongType", "$.to.port Missing", "$.to.prt UnknownField")));
    }
}
