package io.vlink.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** The vlinks that are made: two-way over the guide's topology, there by a-c-d-e, back by e-d-b-a, each with ends of its own. */
final class Sample {

    static final String NETWORKS = "/v1/namespaces/default/networks";

    private static final String NAMESPACE = "default/default/";
    private static final String NAME = "bench-";

    /** What the keys of all of them begin with. */
    static final String PREFIX = NAMESPACE + NAME;

    /** 4,000 of them need 800M of the 1G that each link has. */
    private static final String BANDWIDTH = "200K";

    private static final String SPEC = """
            "type":"vlink","path":{"fromEndpoint":"node-a","toEndpoint":"node-e","links":["link-ac","link-cd","link-de"],\
            "capabilities":{"bandwidthBits":"%s","latencyNanos":"0.8ms"}},\
            "reversePath":{"fromEndpoint":"node-e","toEndpoint":"node-a","links":["link-ed","link-db","link-ba"],\
            "capabilities":{"bandwidthBits":"%s","latencyNanos":"0.8ms"}}""".formatted(BANDWIDTH, BANDWIDTH);

    private Sample() {}

    /**
     * A request as both bulk ways take it.
     *
     * @param key of its subject
     */
    record Request(String key, String json) {}

    static String name(int vlink) {
        return NAME + "%04d".formatted(vlink);
    }

    /** The key of its network, status and decision. */
    static String key(int vlink) {
        return NAMESPACE + name(vlink);
    }

    /** The port of a vlink's end on node "a" or "e". */
    static String port(String node, int vlink) {
        return "b%s%04d".formatted(node, vlink);
    }

    /** The body of a POST. */
    static String network(int vlink) {
        return "{\"name\":\"%s\",%s}".formatted(name(vlink), SPEC);
    }

    static List<Request> declareNetworks(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Request(
                        key(i),
                        "{\"type\":\"DeclareNetwork\",\"requestId\":\"n-%d\",\"id\":\"%s\",\"spec\":{%s}}"
                                .formatted(i, key(i), SPEC)))
                .toList();
    }

    static List<Request> withdrawNetworks(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Request(
                        key(i),
                        "{\"type\":\"WithdrawNetwork\",\"requestId\":\"w-%d\",\"id\":\"%s\"}".formatted(i, key(i))))
                .toList();
    }

    /** Of whatever has these keys. */
    static List<Request> withdraw(String type, Collection<String> keys) {
        return keys.stream()
                .map(key -> new Request(
                        key, "{\"type\":\"%s\",\"requestId\":\"l-%s\",\"id\":\"%s\"}".formatted(type, key, key)))
                .toList();
    }

    static List<Request> declareAttachments(int first, int end) {
        return attachments(first, end, "DeclareAttachment");
    }

    static List<Request> withdrawAttachments(int count) {
        return attachments(0, count, "WithdrawAttachment");
    }

    private static List<Request> attachments(int first, int end, String type) {
        List<Request> requests = new ArrayList<>();
        for (int i = first; i < end; i++) {
            for (String node : List.of("a", "e")) {
                String id = key(i) + "/at-" + node;
                String spec = type.startsWith("Declare")
                        ? ",\"spec\":{\"node\":\"node-%s\",\"port\":\"%s\"}".formatted(node, port(node, i))
                        : "";
                requests.add(new Request(
                        id,
                        "{\"type\":\"%s\",\"requestId\":\"a-%s-%d\",\"id\":\"%s\"%s}"
                                .formatted(type, node, i, id, spec)));
            }
        }
        return requests;
    }
}
