package io.vlink.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vlink.operator.cluster.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The CRDs in a real API server. */
final class DefinitionsIT {

    private static final String VLINK = "{type: vlink, vlink: {path: {fromEndpoint: a, toEndpoint: b}}}";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static ApiServer api;

    @BeforeAll
    static void start() {
        api = ApiServer.shared();
    }

    @Test
    void acceptsTheManifestOfTheGuideByteForByte() throws IOException {
        String namespace = api.namespace();

        api.kubectl("apply", "-n", namespace, "--server-side", "-f", "../../samples/vlink-sample.yaml");

        assertThat(api.kubectl("get", "-n", namespace, "l2n", "vlink-sample", "-o", "jsonpath={.spec.config}"))
                .isEqualTo(Files.readString(Path.of("../../samples/vlink-sample.yaml"))
                        .replaceFirst("(?s).*config: \\|\n", "")
                        .replaceAll("(?m)^    ", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: vnet} | networks of type vnet are not supported yet; use type vlink",
                "{type: ext-vnet} | networks of type ext-vnet are not supported yet",
                "{type: wire} | Unsupported value",
                "{type: vlink} | exactly one of config and vlink",
                "{type: vlink, config: '{}', vlink: {path: {fromEndpoint: a, toEndpoint: b}}} | exactly one of config and vlink",
                "{type: vlink, vlink: {path: {fromEndpoint: a}}} | spec.vlink.path.toEndpoint: Required value",
                "{type: vlink, vlink: {path: {fromEndpoint: A, toEndpoint: b}}} | spec.vlink.path.fromEndpoint",
                "{type: vlink, vlink: {path: {fromEndpoint: a, toEndpoint: b}, reversePath: {fromEndpoint: a, toEndpoint: b}}}"
                        + " | reversePath must lead from the path's toEndpoint back",
                "{type: vlink, vlink: {path: {fromEndpoint: a, toEndpoint: b, links: [ab]}, protection: restore}} |"
                        + " protection restore needs a computed path",
                "{type: vlink, vlink: {path: {fromEndpoint: a, toEndpoint: b}}, podAddressRange: 10.0.0.0/24} | podAddressRange needs networkCIDR",
                "{type: vlink, vlink: {path: {fromEndpoint: a, toEndpoint: b}}, networkCIDR: 10.0.0.0} | networkCIDR must be an address with a prefix length",
                "{type: vlink, vlink: {path: {fromEndpoint: a, toEndpoint: b}}, networkCIDR: 10.0.0.0/24, podAddressRange: 10.0.1.0/25}"
                        + " | podAddressRange must lie within networkCIDR",
                "{type: vlink, vlink: {path: {fromEndpoint: a, toEndpoint: b, via: c}}} | unknown field \"spec.vlink.path.via\"",
            })
    void refusesInvalidNetworks(String spec, String said) {
        // Given
        String manifest = network("refused", spec);

        // Then
        assertThatThrownBy(() -> api.kubectlWith(manifest, "apply", "--validate=strict", "-f", "-"))
                .isInstanceOf(ApiServer.Refused.class)
                .hasMessageContaining(said);
    }

    @Test
    void refusesToChangeOrRemoveTheOverlayOfANetwork() {
        String namespace = api.namespace();
        api.kubectlWith(network("net", VLINK.replace("}}}", "}}, overlay: one}")), "apply", "-n", namespace, "-f", "-");

        assertThatThrownBy(() -> api.kubectlWith(
                        network("net", VLINK.replace("}}}", "}}, overlay: two}")), "apply", "-n", namespace, "-f", "-"))
                .hasMessageContaining("the overlay of a network cannot be changed");
        assertThatThrownBy(() -> api.kubectlWith(network("net", VLINK), "apply", "-n", namespace, "-f", "-"))
                .hasMessageContaining("the overlay of a network cannot be changed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{topology: {nodes: []}} | spec.topology.nodes",
                "{topology: {nodes: [a], links: [{endpointA: a, endpointB: b}]}} | the ends of every link must be among topology.nodes",
                "{topology: {nodes: [a], links: [{endpointA: a, endpointB: a}]}} | a link joins two different nodes",
                "{topology: {nodes: [a, b], links: [{endpointA: a, endpointB: b, kind: plain}]}} | a plain link needs portA and portB",
                "{topology: {nodes: [a], nodeSettings: [{name: b}]}} | every name in nodeSettings must be",
                "{topology: {nodes: [a], nodeSettings: [{name: a, datapathId: xyz}]}} | datapathId",
            })
    void refusesInvalidOverlays(String spec, String said) {
        // Given
        String manifest =
                "{apiVersion: l2sm.l2sm.k8s.local/v1, kind: Overlay, metadata: {name: o}, spec: %s}".formatted(spec);

        // Then
        assertThatThrownBy(() -> api.kubectlWith(manifest, "apply", "--validate=strict", "-f", "-"))
                .isInstanceOf(ApiServer.Refused.class)
                .hasMessageContaining(said);
    }

    @Test
    void acceptsAnOverlayOfL2sm() {
        // Given
        String namespace = api.namespace();

        // When
        api.kubectlWith("""
                apiVersion: l2sm.l2sm.k8s.local/v1
                kind: Overlay
                metadata: {name: overlay-sample}
                spec:
                  provider: {name: p, domain: ["10.0.0.1"], ofPort: "6633"}
                  topology:
                    nodes: [node-a, node-b]
                    links: [{endpointA: node-a, endpointB: node-b}]
                  interfaceNumber: 10
                  switchTemplate: {spec: {hostNetwork: true, containers: [{name: s, image: "x:1", env: [{name: A, value: b}]}]}}
                """, "apply", "-n", namespace, "--validate=strict", "-f", "-");

        // Then
        assertThat(api.kubectl(
                        "get", "-n", namespace, "ovl", "overlay-sample", "-o", "jsonpath={.spec.topology.links}"))
                .isEqualTo(
                        "[{\"capacityBits\":\"1G\",\"endpointA\":\"node-a\",\"endpointB\":\"node-b\",\"kind\":\"vxlan\",\"latencyNanos\":\"0.1ms\"}]");
    }

    /** The forms of older and newer examples of L2S-M. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "provider: {name: sdn, domain: [controller.example.svc]}, monitor: {metrics: [{name: rtt}],"
                        + " exportMetric: {method: m, serviceAccount: s, config: {nt_namespace: n}}}",
                "networkController: {name: sdn, domain: controller.example.com}",
                "provider: {name: sdn, domain: 192.0.2.7}, interfaceNumber: 8",
            })
    void acceptsEveryFormOfAnOverlay(String more) {
        // Given
        String namespace = api.namespace();

        // When
        api.kubectlWith(
                """
                apiVersion: l2sm.l2sm.k8s.local/v1
                kind: Overlay
                metadata: {name: overlay-sample}
                spec:
                  %s
                  topology:
                    nodes: [c-control-plane, c-worker, c-worker2]
                    links:
                      - {endpointA: c-worker, endpointB: c-worker2}
                      - {endpointA: c-worker, endpointB: c-control-plane}
                """.formatted(more.replace(", monitor", "\n  monitor")
                        .replace(", interfaceNumber", "\n  interfaceNumber")),
                "apply",
                "-n",
                namespace,
                "--validate=strict",
                "-f",
                "-");

        // Then
        assertThat(api.kubectl("get", "-n", namespace, "ovl", "-o", "name")).contains("overlay-sample");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: vnet, provider: {name: c, domain: '192.0.2.1:8181'}} | type vnet are not supported yet",
                "{type: vnet, provider: {name: c, domain: [192.0.2.1], sdnPort: '30808', dnsPort: '8001', ofPort: '30663'},"
                        + " networkCIDR: 10.1.2.0/24, podAddressRange: 10.1.0.0/16} | type vnet are not supported yet",
                "{type: vnet, networkCIDR: 10.0.0.0/24, ids: {enabled: true, profile: p, node: n,"
                        + " customRuleSources: [{name: r, inline: x}]}} | type vnet are not supported yet",
                "{type: vlink, vlink: {path: {fromEndpoint: a, toEndpoint: b}}, ids: {enabled: true}} | intrusion"
                        + " detection is not supported",
            })
    void refusesUnsupportedTypesWithAMessageAboutTheTypeAndNotTheirFields(String spec, String said) {
        assertThatThrownBy(() -> api.kubectlWith(network("net", spec), "apply", "--validate=strict", "-f", "-"))
                .hasMessageContaining(said)
                .hasMessageNotContaining("unknown field");
    }

    @Test
    void twoServerSideAppliersShareAResource() {
        // Given
        String namespace = api.namespace();
        api.kubectlWith(
                network("net", VLINK), "apply", "-n", namespace, "--server-side", "--field-manager=one", "-f", "-");

        // Then: the other one may not change what the first has set
        assertThatThrownBy(() -> api.kubectlWith(
                        network("net", VLINK.replace("toEndpoint: b", "toEndpoint: c")),
                        "apply",
                        "-n",
                        namespace,
                        "--server-side",
                        "--field-manager=two",
                        "-f",
                        "-"))
                .hasMessageContaining("conflict with \"one\"")
                .hasMessageContaining(".spec.vlink.path.toEndpoint");

        // When: it sets another field
        api.kubectlWith(
                network("net", "{networkCIDR: 10.3.0.0/24, type: vlink}"),
                "apply",
                "-n",
                namespace,
                "--server-side",
                "--field-manager=two",
                "-f",
                "-");

        // Then
        assertThat(api.kubectl(
                        "get",
                        "-n",
                        namespace,
                        "l2n",
                        "net",
                        "-o",
                        "jsonpath={.spec.networkCIDR} {.spec.vlink.path.toEndpoint}"))
                .isEqualTo("10.3.0.0/24 b");
    }

    @Test
    void documentsItsFieldsForKubectlExplain() {
        assertThat(api.kubectl("explain", "l2n.spec.vlink.path.links"))
                .contains("Names of the links to cross, in order.");
        assertThat(api.kubectl("explain", "l2n.status.conditions")).contains("every switch", "confirmed");
        assertThat(api.kubectl("explain", "ovl.spec.topology.links.kind")).contains("a tunnel between the addresses");
    }

    @Test
    void printsThePathAndTheReadyCondition() {
        // Given
        String namespace = api.namespace();
        api.kubectlWith(network("net", VLINK), "apply", "-n", namespace, "-f", "-");
        api.kubectl("patch", "l2n", "net", "-n", namespace, "--subresource=status", "--type=merge", "-p", """
                {"status": {"phase": "Ready", "forwardPath": "a, b", "internalConnectivity": "Available", "connectedPodCount": 2,
                  "conditions": [{"type": "Ready", "status": "True", "reason": "Ready", "message": "",
                                  "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}
                """);

        // Then
        assertThat(api.kubectl("get", "-n", namespace, "l2networks"))
                .matches(
                        "(?s)NAME +READY +PHASE +PATH +AVAILABILITY +CONNECTED_PODS +AGE\\snet +True +Ready +a, b +Available +2 +\\d+s\\s");
    }

    private static String network(String name, String spec) {
        return "{apiVersion: l2sm.l2sm.k8s.local/v1, kind: L2Network, metadata: {name: %s}, spec: %s}"
                .formatted(name, spec);
    }
}
