package io.vlink.networkapi.rest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says which path of this service does what a path of L2S-M's controller does. None of those is served here. */
final class OtherApi {

    private static final String NETWORKS = "/v1/overlays/default/namespaces/default/networks/";
    private static final String PUT_NETWORK =
            "PUT " + NETWORKS + "NAME with {\"path\": {\"fromEndpoint\", \"toEndpoint\", \"links\"}}";
    private static final Pattern ONOS = Pattern.compile("/onos(?:/.*)?");
    private static final Pattern VNETS = Pattern.compile("/onos/(?:vnets|vlinks)/api(?:/([^/]{1,253}))?/?");

    private OtherApi() {}

    /** Returns what to call instead, in a sentence; empty if the path is none of L2S-M's. */
    static Optional<String> instead(String method, String path) {
        if (!ONOS.matcher(path).matches()) {
            return Optional.empty();
        }
        Matcher call = VNETS.matcher(path);
        return Optional.of("This is a path of L2S-M's controller, which is not served here. "
                + (call.matches()
                        ? ofNetworks(method, call.group(1) == null ? "" : call.group(1))
                        : "/q/openapi lists the paths that are."));
    }

    private static String ofNetworks(String method, String name) {
        return switch (name) {
            case "" ->
                method.equals("GET")
                        ? "Use GET /v1/overlays/default/networks."
                        : "Use " + PUT_NETWORK + "; networks of type vnet are not built.";
            case "status" -> "Use GET /q/health/ready.";
            case "port" ->
                "Use %s %sNAME/attachments/ID%s."
                        .formatted(
                                method.equals("DELETE") ? "DELETE" : "PUT",
                                NETWORKS,
                                method.equals("DELETE") ? "" : " with {\"node\", \"port\"}");
            case "mirror-port" -> "Mirrors are not built.";
            default ->
                switch (method) {
                    case "GET", "HEAD", "DELETE" -> "Use %s %s%s.".formatted(method, NETWORKS, name);
                    default -> "Use " + PUT_NETWORK.replace("NAME", name) + ".";
                };
        };
    }
}
