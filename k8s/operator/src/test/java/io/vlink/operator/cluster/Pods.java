package io.vlink.operator.cluster;

import io.vlink.events.DatapathId;
import io.vlink.events.PortNumber;
import io.vlink.events.ResourceId;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.nodes.Node;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.switches.Plug;
import io.vlink.events.switches.Port;
import java.time.Instant;

/** Creates pods and networks in one namespace and plays the kubelet, Multus and the switch of {@code node-a}. */
public final class Pods {

    private static final DatapathId SWITCH = DatapathId.of("a");

    private final ApiServer api;
    private final Others others;
    private final String namespace;

    public Pods(ApiServer api, Others others, String namespace) {
        this.api = api;
        this.others = others;
        this.namespace = namespace;
    }

    /** Records {@code node-a} of the overlay {@code o}. */
    public void recordNode() {
        ResourceId id = new ResourceId("o", "node-a");
        others.publish(
                Topic.NODES,
                "o",
                id.toString(),
                new Node(id, 1, false, Instant.EPOCH, new NodeSpec(SWITCH, null, null, false)));
    }

    public void network(String name, String more) {
        api.kubectlWith(
                "{apiVersion: l2sm.l2sm.k8s.local/v1, kind: L2Network, metadata: {name: %s}, spec: {type: vlink, vlink: {path: {fromEndpoint: node-a, toEndpoint: node-e}}%s}}"
                        .formatted(name, more),
                "apply",
                "-n",
                namespace,
                "-f",
                "-");
    }

    /**
     * Creates a pod and returns its name; {@code metadata} is, for example, {@code name: x} or {@code generateName:
     * x-}.
     */
    public String create(String metadata, String networks, String spec) {
        return api.kubectlWith(
                        "{apiVersion: v1, kind: Pod, metadata: {%s, labels: {l2sm: \"true\"}, annotations: {l2sm/networks: '%s'}}, spec: {containers: [{name: c, image: x}]%s}}"
                                .formatted(metadata, networks, spec),
                        "create",
                        "-n",
                        namespace,
                        "-o",
                        "jsonpath={.metadata.name}",
                        "-f",
                        "-")
                .strip();
    }

    public String uid(String pod) {
        return api.kubectl("get", "-n", namespace, "pod", pod, "-o", "jsonpath={.metadata.uid}");
    }

    public String annotation(String pod, String key) {
        return api.kubectl(
                "get",
                "-n",
                namespace,
                "pod",
                pod,
                "-o",
                "jsonpath={.metadata.annotations.%s}".formatted(key.replace(".", "\\.")));
    }

    /** Writes Multus' status: one interface per definition. */
    public void multusSays(String pod, String... definitions) {
        StringBuilder status = new StringBuilder("[{\"name\":\"cbr0\",\"interface\":\"eth0\",\"default\":true}");
        for (int i = 0; i < definitions.length; i++) {
            status.append(",{\"name\":\"%s\",\"interface\":\"net%d\"}".formatted(definitions[i], i + 1));
        }
        api.kubectl("annotate", "-n", namespace, "pod", pod, "k8s.v1.cni.cncf.io/network-status=" + status.append("]"));
    }

    /** Publishes that a port of the switch appeared or disappeared. */
    public void port(int number, String podUid, String interfaceName, boolean present) {
        SwitchPort id = new SwitchPort(SWITCH, PortNumber.of(number));
        others.publish(
                Topic.PORTS,
                SWITCH.toString(),
                id.toString(),
                new Port(
                        id,
                        1,
                        present,
                        "veth" + number,
                        "02:00:00:00:00:01",
                        true,
                        0,
                        1500,
                        new Plug(podUid, interfaceName)));
    }

    public void kill(String pod) {
        api.kubectl("delete", "pod", "-n", namespace, pod, "--grace-period=0", "--force");
    }
}
