package io.vlink.tests.deployments;

/** Kubernetes resources of tests, as YAML. */
final class Manifests {

    private Manifests() {}

    static String addressed(String network, String address) {
        return "[{\"name\": \"%s\", \"ips\": [\"%s\"]}]".formatted(network, address);
    }

    static String vlink(String namespace, String name, String more) {
        return """
                ---
                apiVersion: l2sm.l2sm.k8s.local/v1
                kind: L2Network
                metadata: {name: %s, namespace: %s}
                spec:
                  type: vlink
                  vlink: {path: {fromEndpoint: node-a, toEndpoint: node-e}}
                  %s
                """.formatted(name, namespace, more);
    }

    static String pod(String namespace, String name, String node, String networks) {
        return """
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: %s, labels: {l2sm: "true"}, annotations: {l2sm/networks: '%s'}}
                spec:
                  nodeName: %s
                  terminationGracePeriodSeconds: 1
                  containers:
                    - {name: main, image: "alpine:latest", command: [sleep, infinity], securityContext: {capabilities: {add: [NET_ADMIN]}}}
                """.formatted(name, namespace, networks, node);
    }

    static String deployment(String namespace, String name, String node, String networks) {
        return """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  strategy: {type: Recreate}
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s, l2sm: "true"}, annotations: {l2sm/networks: '%4$s'}}
                    spec:
                      nodeSelector: {kubernetes.io/hostname: %3$s}
                      terminationGracePeriodSeconds: 1
                      containers: [{name: main, image: "alpine:latest", command: [sleep, infinity]}]
                """.formatted(name, namespace, node, networks);
    }
}
