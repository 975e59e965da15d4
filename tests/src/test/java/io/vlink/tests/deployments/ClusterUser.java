package io.vlink.tests.deployments;

import static io.vlink.tests.deployments.Manifests.addressed;
import static io.vlink.tests.deployments.Manifests.pod;
import static io.vlink.tests.deployments.Manifests.vlink;
import static io.vlink.tests.suite.PocketCluster.PATIENCE;
import static io.vlink.tests.suite.PocketCluster.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.tests.suite.Command;
import io.vlink.tests.suite.PocketCluster;
import java.util.ArrayList;
import java.util.List;

/** A user of a cluster: creates namespaces with vlinks and pods, edits them, and waits for what follows. */
final class ClusterUser {

    private final PocketCluster cluster;

    ClusterUser(PocketCluster cluster) {
        this.cluster = cluster;
    }

    Command.Result suite(String... words) {
        List<String> all = new ArrayList<>(List.of("exec", "-n", SYSTEM, "switch-gateway-0", "--", "suite"));
        all.addAll(List.of(words));
        return cluster.tryKubectl(all.toArray(String[]::new));
    }

    boolean isReady(String pod) {
        return cluster.tryKubectl("wait", "-n", SYSTEM, "--for=condition=Ready", "pod/" + pod, "--timeout=0")
                        .exitCode()
                == 0;
    }

    /** Creates a namespace with a vlink between two pods that reach each other. */
    String wired(String name) {
        String namespace = namespace(name);
        cluster.apply(vlink(namespace, "wire", "")
                + pod(namespace, "near", "node-a", addressed("wire", "10.5.0.1/24"))
                + pod(namespace, "far", "node-e", addressed("wire", "10.5.0.2/24")));
        cluster.awaitReady(namespace, "pod/near", "pod/far", "l2network/wire");
        cluster.awaitPing(namespace, "near", "10.5.0.2");
        return namespace;
    }

    String namespace(String name) {
        cluster.kubectl("create", "namespace", name);
        await("account")
                .atMost(PATIENCE)
                .until(() -> cluster.tryKubectl("get", "serviceaccount", "default", "-n", name)
                                .exitCode()
                        == 0);
        return name;
    }

    void patchPath(String namespace, String... links) {
        String list = "[\"" + String.join("\", \"", links) + "\"]";
        cluster.kubectl(
                "patch",
                "l2network",
                "wire",
                "-n",
                namespace,
                "--type=merge",
                "-p",
                "{\"spec\": {\"vlink\": {\"path\": {\"links\": %s}}}}".formatted(list));
    }

    void awaitPath(String namespace, String... anyOf) {
        await("path").atMost(PATIENCE).untilAsserted(() -> assertThat(cluster.get("l2network", "-n", namespace, "wire")
                        .at("/status/forwardPath")
                        .asText())
                .isIn(List.of(anyOf)));
    }

    void awaitLinks(int count) {
        await("links of the overlay")
                .atMost(PATIENCE)
                .until(() -> cluster.get("overlay", "default")
                                .at("/status/linkCount")
                                .asInt()
                        == count);
    }

    List<String> names(String namespace, String app) {
        List<String> names = new ArrayList<>();
        for (JsonNode pod :
                cluster.get("pods", "-n", namespace, "-l", "app=" + app).path("items")) {
            if (!pod.path("metadata").has("deletionTimestamp")) {
                names.add(pod.at("/metadata/name").asText());
            }
        }
        return names;
    }

    String only(String namespace, String app) {
        List<String> names = names(namespace, app);
        assertThat(names).hasSize(1);
        return names.getFirst();
    }

    /** Returns the address of a pod's vlink interface, as seen in the pod. */
    String address(String namespace, String pod) {
        String shown = cluster.kubectl("exec", "-n", namespace, pod, "--", "ip", "-4", "-o", "address", "show", "net1");
        return shown.replaceFirst("(?s).* inet ([0-9.]+)/.*", "$1");
    }
}
