package io.vlink.networkapi.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Refused networks, and the fields that the violations name. */
final class NetworkRefusalTest {

    private static final String ENDS = "'fromEndpoint':'a','toEndpoint':'b'";

    @ParameterizedTest
    @MethodSource("documents")
    void refusesWithTheFieldAndReason(String document, List<String> violations) {
        var reading = NetworkReader.read(Written.json(document), DocumentScope.inNamespace("default", "default", "n"));

        assertThat(Written.violations(reading)).containsExactlyElementsOf(violations);
    }

    static Stream<Arguments> documents() {
        return Stream.of(
                arguments("{}", List.of("$.path Missing")),
                arguments("{'path':null}", List.of("$.path Missing")),
                arguments("{'path':[]}", List.of("$.path WrongType")),
                arguments("{'path':{}}", List.of("$.path.fromEndpoint Missing", "$.path.toEndpoint Missing")),
                arguments("{'path':{'fromEndpoint':'a'}}", List.of("$.path.toEndpoint Missing")),
                arguments("{'path':{'fromEndpoint':7.5,'toEndpoint':true}}", List.of("$.path.toEndpoint WrongType")),
                arguments(
                        "{'path':{'fromEndpoint':'NodeA','toEndpoint':'no_de'}}",
                        List.of("$.path.fromEndpoint InvalidName", "$.path.toEndpoint InvalidName")),
                arguments(
                        "{'path':{'fromEndpoint':'a','FromEndpoint':'a','toEndpoint':'b'}}",
                        List.of("$.path.FromEndpoint Duplicate")),
                arguments(path("'links':'l1'"), List.of("$.path.links WrongType")),
                arguments(path("'links':{'0':'l1'}"), List.of("$.path.links WrongType")),
                arguments(
                        path("'links':['l1',7,null,['l2'],'L3','l1']"),
                        List.of(
                                "$.path.links[2] WrongType",
                                "$.path.links[3] WrongType",
                                "$.path.links[4] InvalidName",
                                "$.path.links[5] Duplicate")),
                arguments(path("'links':[]"), List.of("$.path.links EndsDiffer")),
                arguments(
                        "{'path':{'fromEndpoint':'a','toEndpoint':'a','links':['l']}}",
                        List.of("$.path.links EndsDiffer")),
                arguments(path("'link':['l1']"), List.of("$.path.link UnknownField")),
                arguments(path("'capabilities':7"), List.of("$.path.capabilities WrongType")),
                arguments(
                        path("'capabilities':{'bandwith':'20M'}"),
                        List.of("$.path.capabilities.bandwith UnknownField")),
                arguments(
                        path("'capabilities':{'bandwidthBits':'-20M','latencyNanos':-1}"),
                        List.of(
                                "$.path.capabilities.bandwidthBits OutOfRange",
                                "$.path.capabilities.latencyNanos OutOfRange")),
                arguments(
                        path("'capabilities':{'bandwidthBits':0,'latencyNanos':'0'}"),
                        List.of(
                                "$.path.capabilities.bandwidthBits OutOfRange",
                                "$.path.capabilities.latencyNanos OutOfRange")),
                arguments(
                        path("'capabilities':{'bandwidthBits':1e999,'latencyNanos':'1e999999999'}"),
                        List.of(
                                "$.path.capabilities.bandwidthBits OutOfRange",
                                "$.path.capabilities.latencyNanos OutOfRange")),
                arguments(
                        path("'capabilities':{'bandwidthBits':'10T','latencyNanos':'3601s'}"),
                        List.of(
                                "$.path.capabilities.bandwidthBits OutOfRange",
                                "$.path.capabilities.latencyNanos OutOfRange")),
                arguments(
                        path("'capabilities':{'bandwidthBits':'NaN','latencyNanos':'soon'}"),
                        List.of(
                                "$.path.capabilities.bandwidthBits NotANumber",
                                "$.path.capabilities.latencyNanos NotANumber")),
                arguments(
                        path("'capabilities':{'bandwidthBits':1000.5,'latencyNanos':'1.5'}"),
                        List.of("$.path.capabilities.bandwidthBits NotWhole")),
                arguments(
                        path("'capabilities':{'bandwidthBits':true,'latencyNanos':['1']}"),
                        List.of(
                                "$.path.capabilities.bandwidthBits WrongType",
                                "$.path.capabilities.latencyNanos WrongType")),
                arguments("{'path':{" + ENDS + "},'reversePath':{" + ENDS + "}}", List.of("$.reversePath EndsDiffer")),
                arguments("{'path':{" + ENDS + "},'reverse-path':'b'}", List.of("$['reverse-path'] WrongType")),
                arguments(
                        "{'path':{" + ENDS + "},'reverse-path':{'fromEndpoint':'b','toEndpoint':'a','latency':1}}",
                        List.of("$['reverse-path'].latency UnknownField")),
                arguments("{'pathh':{" + ENDS + "}}", List.of("$.path Missing", "$.pathh UnknownField")),
                arguments(
                        "{'path':{" + ENDS + "},'direct-path':{" + ENDS + "}}", List.of("$['direct-path'] Duplicate")),
                arguments(with("'type':'vnet'"), List.of("$.type NotSupported")),
                arguments(with("'type':'ext-vnet'"), List.of("$.type NotSupported")),
                arguments(with("'type':'vlan'"), List.of("$.type UnknownValue")),
                arguments(with("'protection':'one-to-one'"), List.of("$.protection NotSupported")),
                arguments(with("'protection':'local'"), List.of("$.protection NotSupported")),
                arguments(with("'protection':'all'"), List.of("$.protection UnknownValue")),
                arguments(with("'protection':{}"), List.of("$.protection WrongType")),
                arguments(with("'backup-path':{}"), List.of("$['backup-path'] NotSupported")),
                arguments(
                        "{'protection':'restore','path':{" + ENDS + ",'links':['l']}}",
                        List.of("$.protection NotSupported")),
                arguments(with("'networkCIDR':'10.0.0.0/8'"), List.of("$.networkCIDR NotSupported")),
                arguments(with("'name':'other'"), List.of("$.name Mismatch")),
                arguments(
                        with("'namespace':'other','overlay':'X'"),
                        List.of("$.overlay InvalidName", "$.namespace Mismatch")),
                arguments(
                        "{'overlay-paths':[{'name':'p','FromEndpoint':'a','ToEndpoint':'b','path':['c']}]}",
                        List.of("$['overlay-paths'] NotSupported")),
                arguments(
                        "{'overlay-paths':[],'path':7}",
                        List.of("$['overlay-paths'] NotSupported", "$.path WrongType")),
                arguments("{'path':['of:0a','of:0c','of:0e']}", List.of("$.path NotSupported")),
                arguments(path("'path':['c','d']"), List.of("$.path.path NotSupported")),
                arguments(path("'Nodes':['a','c','b']"), List.of("$.path.Nodes NotSupported")),
                arguments(
                        "{'path':{'fromEndpoint':'of:000000000000000a/3','toEndpoint':'of:0e'}}",
                        List.of("$.path.fromEndpoint NotSupported", "$.path.toEndpoint NotSupported")),
                arguments(
                        "{'linkNetworkId':'n','fromEndP':'of:0a/1','toEndP':'of:0e/1','path':['of:0a','of:0e']}",
                        List.of(
                                "$.linkNetworkId NotSupported",
                                "$.fromEndP NotSupported",
                                "$.toEndP NotSupported",
                                "$.path NotSupported")),
                arguments(
                        "{'config':{'overlay-paths':[{'FromEndpoint':'a','ToEndpoint':'b','path':['c']}]}}",
                        List.of("$.config['overlay-paths'] NotSupported")));
    }

    private static String path(String more) {
        return "{'path':{%s,%s}}".formatted(ENDS, more);
    }

    private static String with(String more) {
        return "{'path':{%s},%s}".formatted(ENDS, more);
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void refusesAManifestWithTheFieldAndReason(String manifest, List<String> violations) {
        var reading = NetworkReader.read(Written.json(manifest), DocumentScope.inNamespace("default", "default", null));

        assertThat(Written.violations(reading)).containsExactlyElementsOf(violations);
    }

    static Stream<Arguments> manifests() {
        String head = "'apiVersion':'l2sm.l2sm.k8s.local/v1','kind':'L2Network'";
        String config = "'config':{'overlay-parameters':{'path':{" + ENDS + "}}}";
        return Stream.of(
                arguments(
                        "{'kind':'L2Network'}",
                        List.of("$.apiVersion Missing", "$.metadata Missing", "$.spec Missing")),
                arguments(
                        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'n'},'spec':{'type':'vlink'," + config
                                + "}}",
                        List.of("$.apiVersion UnknownValue", "$.kind UnknownValue")),
                arguments(
                        "{" + head + ",'metadata':{},'spec':{}}",
                        List.of("$.metadata.name Missing", "$.spec.type Missing", "$.spec.config Missing")),
                arguments(
                        "{" + head + ",'metadata':{'name':'n','namespace':'other'},'spec':{'type':'vlink'," + config
                                + "}}",
                        List.of("$.metadata.namespace Mismatch")),
                arguments(
                        "{" + head
                                + ",'metadata':{'name':'n'},'spec':{'type':'vlink','networkCIDR':'10.0.0.0/8','podAddressRange':'10.0.0.0/9','provider':{},"
                                + config + "}}",
                        List.of(
                                "$.spec.networkCIDR NotSupported",
                                "$.spec.podAddressRange NotSupported",
                                "$.spec.provider NotSupported")),
                arguments(
                        "{" + head + ",'metadata':{'name':'n'},'spec':{'type':'vnet','config':'whatever'}}",
                        List.of("$.spec.type NotSupported")),
                arguments(
                        "{" + head + ",'metadata':{'name':'n'},'spec':{'type':'vlink','config':'{'}}",
                        List.of("$.spec.config Malformed")),
                arguments(
                        "{" + head + ",'metadata':{'name':'n'},'spec':{'type':'vlink','config':''}}",
                        List.of("$.spec.config Malformed")),
                arguments(
                        "{" + head + ",'metadata':{'name':'n'},'spec':{'type':'vlink','config':'{}'}}",
                        List.of("$.spec.config['overlay-parameters'] Missing")),
                arguments(
                        "{" + head
                                + ",'metadata':{'name':'n'},'spec':{'type':'vlink','config':{'overlay-parameter':{}}}}",
                        List.of(
                                "$.spec.config['overlay-parameters'] Missing",
                                "$.spec.config['overlay-parameter'] UnknownField")),
                arguments(
                        "{" + head + ",'metadata':{'name':'n'},'spec':{'type':'vlink','extra':1,"
                                + "'config':{'overlay-parameters':{'path':{" + ENDS
                                + ",'capabilities':{'bandwidthBits':'x'}}}}},'more':2}",
                        List.of(
                                "$.spec.config['overlay-parameters'].path.capabilities.bandwidthBits NotANumber",
                                "$.spec.extra UnknownField",
                                "$.more UnknownField")));
    }

    @Test
    void suggestsAFieldAndListsKnownFields() {
        var reading = NetworkReader.read(
                Written.json(path("'capabilities':{'bandwidthbit':'20M'}")),
                DocumentScope.inNamespace("default", "default", "n"));

        assertThat(Written.message(reading))
                .isEqualTo("The field bandwidthbit is not known. Known here: bandwidthBits, latencyNanos."
                        + " Did you mean bandwidthBits?");
    }

    @Test
    void namesTheFormThatReplacesTheOldDialect() {
        var reading = NetworkReader.read(
                Written.json("{'overlay-paths':[]}"), DocumentScope.inNamespace("default", "default", "n"));

        assertThat(Written.message(reading)).contains("\"links\"").contains("reverse-path");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'overlay-paths':[{'name':'p','FromEndpoint':'node-a','toEndpoint':'node-e','path':['node-c','node-d']}]}"
                        + " | \"fromEndpoint\": \"node-a\", \"toEndpoint\": \"node-e\" and \"links\": the links node-a to node-c, node-c to node-d, node-d to node-e;",
                "{'path':{'fromEndpoint':'a','toEndpoint':'b','path':['c']}} | Write as \"links\" the names of the links a to c, c to b,",
                "{'path':{'fromEndpoint':'a','toEndpoint':'b','nodes':['a','c','b']}} | the links a to c, c to b,",
                "{'path':['of:0a','of:0c','of:0e']} | as \"links\" the names of the links of:0a to of:0c, of:0c to of:0e,",
                "{'path':['a','1','2','3','4','5','6','7','8','9','b']} | 7 to 8 and so on",
                "{'path':{'fromEndpoint':'of:0a/1','toEndpoint':'b'}} | An end is the name of a node, not a switch and its port (of:0a/1)"
            })
    void saysWhatToWriteInsteadOfNodes(String document, String instead) {
        var reading = NetworkReader.read(Written.json(document), DocumentScope.inNamespace("default", "default", "n"));

        assertThat(Written.message(reading)).contains(instead);
    }

    @Test
    void suggestsTheNameInLowerCase() {
        var reading = NetworkReader.read(
                Written.json("{'path':{'fromEndpoint':'Node-A','toEndpoint':'b'}}"),
                DocumentScope.inNamespace("default", "default", "n"));

        assertThat(Written.message(reading)).endsWith("Did you mean node-a?");
    }
}
