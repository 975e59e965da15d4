package io.vlink.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** The vlinks of the benchmark: two-way between two nodes of the guide's topology, each with its own ends. */
enum Sample {
    /** Forward over a-c-d-e, reverse over e-d-b-a. */
    GUIDE("bench-", "a", "e", List.of("link-ac", "link-cd", "link-de"), List.of("link-ed", "link-db", "link-ba")),

    /**
     * From b over d to c and back: over links that {@link #GUIDE} uses too, but not over the switches with its ports.
     */
    ASIDE("bench-aside-", "b", "c", List.of("link-bd", "link-dc"), List.of("link-cd", "link-db"));

    static final String NETWORKS = "/v1/namespaces/default/networks";

    private static final String NAMESPACE = "default/default/";

    /** The common prefix of all keys. */
    static final String PREFIX = NAMESPACE + "bench-";

    /** Bandwidth of one vlink: 4,000 of them need 800M of the 1G of each link. */
    private static final String BANDWIDTH = "200K";

    private final String prefix;
    private final String from;
    private final String to;
    private final String spec;

    Sample(String prefix, String from, String to, List<String> there, List<String> back) {
        this.prefix = prefix;
        this.from = from;
        this.to = to;
        spec = "\"type\":\"vlink\",\"path\":%s,\"reversePath\":%s"
                .formatted(path(from, to, there), path(to, from, back));
    }

    private static String path(String from, String to, List<String> links) {
        return """
                {"fromEndpoint":"node-%s","toEndpoint":"node-%s","links":["%s"],\
                "capabilities":{"bandwidthBits":"%s","latencyNanos":"0.8ms"}}""".formatted(from, to, String.join("\",\"", links), BANDWIDTH);
    }

    /**
     * A request for both bulk interfaces.
     *
     * @param key key of the subject
     */
    record SampleRequest(String key, String json) {}

    /** Returns the two nodes with ports, such as "a". */
    List<String> endpoints() {
        return List.of(from, to);
    }

    String name(int vlink) {
        return prefix + "%04d".formatted(vlink);
    }

    /** Returns the key of the network, status and decision. */
    String key(int vlink) {
        return NAMESPACE + name(vlink);
    }

    /** Returns the port of a vlink's end on a node. */
    String port(String node, int vlink) {
        return "b%s%04d".formatted(node, vlink);
    }

    /** Returns the body of a POST. */
    String network(int vlink) {
        return "{\"name\":\"%s\",%s}".formatted(name(vlink), spec);
    }

    List<SampleRequest> declareNetworks(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SampleRequest(
                        key(i),
                        "{\"type\":\"DeclareNetwork\",\"requestId\":\"n-%d\",\"id\":\"%s\",\"spec\":{%s}}"
                                .formatted(i, key(i), spec)))
                .toList();
    }

    List<SampleRequest> withdrawNetworks(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SampleRequest(
                        key(i),
                        "{\"type\":\"WithdrawNetwork\",\"requestId\":\"w-%d\",\"id\":\"%s\"}".formatted(i, key(i))))
                .toList();
    }

    /** Returns withdrawals of the subjects with these keys. */
    static List<SampleRequest> withdraw(String type, Collection<String> keys) {
        return keys.stream()
                .map(key -> new SampleRequest(
                        key, "{\"type\":\"%s\",\"requestId\":\"l-%s\",\"id\":\"%s\"}".formatted(type, key, key)))
                .toList();
    }

    List<SampleRequest> declareAttachments(int first, int endpoint) {
        List<SampleRequest> requests = new ArrayList<>();
        for (int i = first; i < endpoint; i++) {
            for (String node : endpoints()) {
                String id = key(i) + "/at-" + node;
                requests.add(new SampleRequest(
                        id,
                        "{\"type\":\"DeclareAttachment\",\"requestId\":\"a-%s-%d\",\"id\":\"%s\",\"spec\":{\"node\":\"node-%s\",\"port\":\"%s\"}}"
                                .formatted(node, i, id, node, port(node, i))));
            }
        }
        return requests;
    }
}
