package io.vlink.operator.pod;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes the annotations of Multus, and names and fills the NetworkAttachmentDefinitions. */
public final class Multus {

    /** Annotation with the networks that Multus plugs a pod into. */
    public static final String NETWORKS = "k8s.v1.cni.cncf.io/networks";
    /** Annotation with the interfaces that Multus plugged in. */
    public static final String STATUS = "k8s.v1.cni.cncf.io/network-status";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Multus() {}

    /**
     * The two definitions of a network. A CNI plugin with address management fails if it is given no address, and one
     * without assigns none.
     */
    public enum Way {
        /** With the addresses of the pod's annotation. */
        ADDRESSED("ip."),
        /** Plain layer 2. */
        PLAIN("l2.");

        private final String prefix;

        Way(String prefix) {
            this.prefix = prefix;
        }

        /** Returns the name of the NetworkAttachmentDefinition. No two networks share one. */
        public String definition(String network) {
            return prefix + network;
        }

        /** Returns the CNI configuration: ovs-cni on a bridge of the node. */
        public String configuration(String network, String bridge) {
            ObjectNode plugin = JSON.createObjectNode()
                    .put("cniVersion", "0.4.0")
                    .put("name", definition(network))
                    .put("type", "ovs")
                    .put("bridge", bridge);
            if (this == ADDRESSED) {
                plugin.putObject("capabilities").put("ips", true);
                plugin.putObject("ipam").put("type", "static");
            }
            return plugin.toString();
        }
    }

    /**
     * A network to plug a pod into.
     *
     * @param pooled {@code namespace/name} of the definition of a pool's port; null: the network's own definition
     */
    public record Selection(
            Way way,
            String namespace,
            String network,
            List<String> ips,
            @Nullable String interfaceName,
            @Nullable String pooled) {
        public Selection {
            ips = List.copyOf(ips);
        }

        private String definition() {
            return pooled == null ? namespace + "/" + way.definition(network) : pooled;
        }

        /** Returns whether a definition's name stands for this network or for any port of the pool. */
        private boolean replaces(String name) {
            return name.equals(Way.ADDRESSED.definition(network))
                    || name.equals(Way.PLAIN.definition(network))
                    || (pooled != null
                            && name.matches(Pattern.quote(
                                            pooled.replaceFirst(".*/", "").replaceFirst("[0-9]+$", "")) + "[0-9]+"));
        }
    }

    /**
     * Returns the annotation: the entries of the pod's author, then {@code selections}.
     *
     * @throws IllegalArgumentException if the author's text looks like JSON but is not a list, or if two interfaces would
     *     have one name
     */
    public static String merged(@Nullable String written, List<Selection> selections) {
        ArrayNode all = JSON.createArrayNode();
        if (written != null && !written.isBlank()) {
            addWritten(all, written.strip());
        }
        // Remove entries of a manifest that was taken from a running pod.
        for (int i = all.size() - 1; i >= 0; i--) {
            String name = all.get(i).path("name").asText();
            if (selections.stream().anyMatch(selection -> selection.replaces(name))) {
                all.remove(i);
            }
        }
        for (Selection selection : selections) {
            String definition = selection.definition();
            int slash = definition.indexOf('/');
            ObjectNode element = all.addObject()
                    .put("name", definition.substring(slash + 1))
                    .put("namespace", definition.substring(0, slash));
            if (!selection.ips().isEmpty()) {
                selection.ips().forEach(element.putArray("ips")::add);
            }
            if (selection.interfaceName() != null) {
                element.put("interface", selection.interfaceName());
            }
        }
        refuseTwoOfOneName(all);
        return all.toString();
    }

    /** Multus calls an interface without a name net1, net2 and so on, by its place in the list. */
    private static void refuseTwoOfOneName(ArrayNode all) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            JsonNode name = all.get(i).path("interface");
            String called = name.isTextual() ? name.asText() : "net" + (i + 1);
            if (!names.add(called)) {
                throw new IllegalArgumentException(
                        "two interfaces would be called %s; choose another ifname".formatted(called));
            }
        }
    }

    private static void addWritten(ArrayNode all, String written) {
        if (!written.startsWith("[") && !written.startsWith("{")) {
            for (String name : written.split(",", -1)) {
                // the short form of Multus: namespace/name@interface
                String rest = name.strip();
                ObjectNode element = JSON.createObjectNode();
                int at = rest.indexOf('@');
                if (at >= 0) {
                    element.put("interface", rest.substring(at + 1));
                    rest = rest.substring(0, at);
                }
                int slash = rest.indexOf('/');
                if (slash >= 0) {
                    element.put("namespace", rest.substring(0, slash));
                    rest = rest.substring(slash + 1);
                }
                all.add(element.put("name", rest));
            }
            return;
        }
        try {
            JsonNode list = JSON.readTree(written);
            if (!list.isArray()) {
                throw new IllegalArgumentException("it must be a list");
            }
            all.addAll((ArrayNode) list);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /**
     * An interface that Multus plugged in.
     *
     * @param definition {@code namespace/name} of the NetworkAttachmentDefinition
     * @param interfaceName name of the interface inside the pod
     * @param ips addresses with their masks
     */
    public record Plugged(String definition, String interfaceName, List<String> ips) {
        public Plugged {
            ips = List.copyOf(ips);
        }
    }

    /**
     * Reads {@link #STATUS}; unreadable text counts as no interface. Addresses get their masks from {@link #NETWORKS},
     * because the status has none.
     */
    public static List<Plugged> plugged(@Nullable String status, @Nullable String networks) {
        List<Plugged> plugged = new ArrayList<>();
        if (status == null) {
            return plugged;
        }
        try {
            Map<String, String> masked = new HashMap<>();
            if (networks != null && networks.strip().startsWith("[")) {
                for (JsonNode each : JSON.readTree(networks)) {
                    each.path("ips").forEach(ip -> {
                        Cidr cidr = Cidr.parse(ip.asText());
                        if (cidr != null) {
                            masked.put(cidr.host(), ip.asText());
                        }
                    });
                }
            }
            for (JsonNode each : JSON.readTree(status)) {
                List<String> ips = new ArrayList<>();
                each.path("ips").forEach(ip -> {
                    Cidr alone = Cidr.parse(ip.asText() + "/0");
                    String whole = alone == null ? null : masked.get(alone.host());
                    if (whole != null) {
                        ips.add(whole);
                    }
                });
                plugged.add(new Plugged(
                        each.path("name").asText(), each.path("interface").asText(), ips));
            }
        } catch (JsonProcessingException e) {
            return List.of();
        }
        return plugged;
    }
}
