package io.vlink.networkapi.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.NetworkId;
import io.vlink.events.networks.Capabilities;
import io.vlink.events.networks.NetworkSpec;
import io.vlink.events.networks.PathSpec;
import io.vlink.events.networks.Protection;
import io.vlink.events.networks.Vlink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkReaderTest {

    static final NetworkSpec SAMPLE = new Vlink(
            new PathSpec(
                    "first-path",
                    "node-a",
                    "node-e",
                    List.of("link-ac", "link-cd", "link-de"),
                    new Capabilities(20_000_000L, 800_000L)),
            new PathSpec("second-path", "node-e", "node-a", List.of("link-ed", "link-db", "link-ba"), null),
            Protection.NONE);

    @Test
    void readsTheUnchangedManifestOfTheGuide() throws IOException {
        // Given
        ObjectNode manifest = Written.yaml(Files.readString(Path.of("../samples/vlink-sample.yaml")));

        // When
        var declaration =
                Written.read(NetworkReader.read(manifest, DocumentScope.inNamespace("default", "default", null)));

        // Then
        assertThat(declaration.id()).isEqualTo(new NetworkId("default", "default", "vlink-sample"));
        assertThat(declaration.spec()).isEqualTo(SAMPLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // the plain form
                """
                {'type':'vlink',
                 'path':{'name':'first-path','fromEndpoint':'node-a','toEndpoint':'node-e','links':['link-ac','link-cd','link-de'],
                         'capabilities':{'bandwidthBits':20000000,'latencyNanos':800000}},
                 'reversePath':{'name':'second-path','fromEndpoint':'node-e','toEndpoint':'node-a','links':['link-ed','link-db','link-ba']}}
                """,
                // the same with other spellings
                """
                {'direct-path':{'Name':'first-path','FromEndpoint':'node-a','ToEndpoint':'node-e','Links':['link-ac','link-cd','link-de'],
                         'capabilities':{'bandwidthBits':'20Mbit/s','latencyNanos':'0.8ms'}},
                 'reverse-path':{'name':'second-path','FromEndpoint':'node-e','toEndpoint':'node-a','links':['link-ed','link-db','link-ba'],
                         'capabilities':null},
                 'protection':'none'}
                """,
                // as shown by GET
                """
                {'overlay':'default','namespace':'default','name':'n','generation':4,'createdAt':'2026-11-23T00:00:00Z','requestedBy':'alice','status':{'phase':'Ready'},
                 'spec':{'type':'vlink',
                  'path':{'name':'first-path','fromEndpoint':'node-a','toEndpoint':'node-e','links':['link-ac','link-cd','link-de'],
                         'capabilities':{'bandwidthBits':2e7,'latencyNanos':8e5}},
                  'reversePath':{'name':'second-path','fromEndpoint':'node-e','toEndpoint':'node-a','links':['link-ed','link-db','link-ba']},
                  'protection':'none'}}
                """,
                // the manifest with an object instead of a string, as Kubernetes would send it back
                """
                {'apiVersion':'l2sm.l2sm.k8s.local/v1','kind':'L2Network',
                 'metadata':{'name':'n','namespace':'default','labels':{'a':'b'},'annotations':{},'uid':'x','managedFields':[]},
                 'status':{'internalConnectivity':'Unknown'},
                 'spec':{'type':'vlink','config':{'overlay-parameters':{
                  'path':{'name':'first-path','fromEndpoint':'node-a','toEndpoint':'node-e','links':['link-ac','link-cd','link-de'],
                         'capabilities':{'bandwidthBits':'20000k','latencyNanos':'800us'}},
                  'reverse-path':{'name':'second-path','fromEndpoint':'node-e','toEndpoint':'node-a','links':['link-ed','link-db','link-ba']}}}}}
                """
            })
    void readsAllDialectsAsTheSameNetwork(String document) {
        assertThat(Written.network(Written.json(document))).isEqualTo(SAMPLE);
    }

    @Test
    void readsYamlWithinTheManifestToo() {
        // When
        var spec = Written.network(Written.yaml("""
                apiVersion: l2sm.l2sm.k8s.local/v1
                kind: L2Network
                metadata: {name: n}
                spec:
                  type: vlink
                  config: |
                    overlay-parameters:
                      direct-path:
                        FromEndpoint: node-a
                        ToEndpoint: node-e
                        capabilities: {bandwidthBits: 20M}
                """));

        // Then
        assertThat(spec)
                .isEqualTo(new Vlink(
                        new PathSpec(null, "node-a", "node-e", null, new Capabilities(20_000_000L, null)),
                        null,
                        Protection.RESTORE));
    }

    @Test
    void restoresAComputedPathByDefault() {
        assertThat(Written.network(Written.json("{'path':{'fromEndpoint':'a','toEndpoint':'b'}}"))
                        .protection())
                .isEqualTo(Protection.RESTORE);
        assertThat(Written.network(Written.json("{'path':{'fromEndpoint':'a','toEndpoint':'b','links':['l']}}"))
                        .protection())
                .isEqualTo(Protection.NONE);
        assertThat(Written.network(Written.json("{'protection':'none','path':{'fromEndpoint':'a','toEndpoint':'b'}}"))
                        .protection())
                .isEqualTo(Protection.NONE);
    }

    @Test
    void readsAPathWithinOneNode() {
        assertThat(Written.network(Written.json("{'path':{'fromEndpoint':'a','toEndpoint':'a','links':[]}}"))
                        .path()
                        .links())
                .isEmpty();
    }
}
