package io.vlink.operator.pod;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vlink.events.text.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the annotation {@code l2sm/networks}: a JSON list of {@code {"name", "namespace", "ips", "ifname"}}, or names
 * separated by commas, each {@code name} or {@code namespace/name}.
 */
public sealed interface NetworkAnnotation {

    String KEY = "l2sm/networks";

    /** The annotation is valid. */
    record Parsed(List<NetworkRequest> requests) implements NetworkAnnotation {
        public Parsed {
            requests = List.copyOf(requests);
        }
    }

    /** The annotation is invalid. Each problem says where, why, and what would be valid. */
    record Unreadable(List<String> problems) implements NetworkAnnotation {
        public Unreadable {
            problems = List.copyOf(problems);
        }
    }

    static NetworkAnnotation read(String text) {
        return new AnnotationParser().read(text.strip());
    }

    /** Reads an annotation and collects every problem, not only the first. */
    final class AnnotationParser {

        private static final ObjectMapper JSON = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        private static final Set<String> KNOWN = Set.of("name", "namespace", "ips", "ifname");
        // Names that Linux accepts (IFNAMSIZ), without characters that are special to Linux or Multus.
        private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9_.]{0,14}");
        private static final Set<String> TAKEN = Set.of("lo", "eth0");
        private static final int MAX_NETWORKS = 16;

        private final List<String> problems = new ArrayList<>();
        private final List<NetworkRequest> requests = new ArrayList<>();

        NetworkAnnotation read(String text) {
            if (text.isEmpty()) {
                problems.add(
                        "it is empty; write a list such as [{\"name\": \"vlink-sample\"}], or names separated by commas");
            } else if (text.startsWith("[") || text.startsWith("{")) {
                json(text);
            } else {
                for (String name : text.split(",", -1)) {
                    named(name.strip());
                }
            }
            if (requests.size() > MAX_NETWORKS) {
                problems.add("it names %d networks; at most %d are accepted".formatted(requests.size(), MAX_NETWORKS));
            }
            Set<String> interfaces = new HashSet<>();
            for (NetworkRequest request : requests) {
                String name = request.interfaceName();
                if (name != null && !interfaces.add(name)) {
                    problems.add("two networks have the ifname %s; choose another for one of them".formatted(name));
                }
            }
            return problems.isEmpty() ? new Parsed(requests) : new Unreadable(problems);
        }

        private void named(String text) {
            int slash = text.indexOf('/');
            String namespace = slash < 0 ? null : text.substring(0, slash);
            String name = text.substring(slash + 1);
            if (isName("network", name) && (namespace == null || isName("namespace", namespace))) {
                requests.add(new NetworkRequest(namespace, name, List.of(), null));
            }
        }

        private void json(String text) {
            JsonNode root;
            try {
                root = JSON.readTree(text);
            } catch (JsonProcessingException e) {
                problems.add("it is not valid JSON: %s".formatted(e.getOriginalMessage()));
                return;
            }
            if (!root.isArray()) {
                problems.add("it must be a list: [%s]".formatted(text));
                return;
            }
            if (root.isEmpty()) {
                problems.add("the list is empty; write [{\"name\": \"vlink-sample\"}]");
            }
            for (int i = 0; i < root.size(); i++) {
                element("[%d]".formatted(i), root.get(i));
            }
        }

        private void element(String where, JsonNode element) {
            if (element.isTextual()) {
                named(element.asText());
                return;
            }
            if (!element.isObject()) {
                problems.add("%s must be an object such as {\"name\": \"vlink-sample\"}".formatted(where));
                return;
            }
            for (Iterator<String> fields = element.fieldNames(); fields.hasNext(); ) {
                String field = fields.next();
                if (!KNOWN.contains(field)) {
                    problems.add("%s.%s is unknown; the known fields are name, namespace, ips and ifname"
                            .formatted(where, field));
                }
            }
            String name = text(where, element, "name");
            if (name == null && !element.has("name")) {
                problems.add("%s.name is missing; give the name of the L2Network".formatted(where));
            }
            String namespace = text(where, element, "namespace");
            String interfaceName = text(where, element, "ifname");
            if (interfaceName != null && !INTERFACE.matcher(interfaceName).matches()) {
                problems.add(
                        "%s.ifname (%s) must be 1 to 15 letters, digits, '-', '_' or '.', as Linux names interfaces"
                                .formatted(where, interfaceName));
            }
            if (interfaceName != null && TAKEN.contains(interfaceName)) {
                problems.add("%s.ifname (%s) is the name of an interface that every pod has; choose another"
                        .formatted(where, interfaceName));
            }
            List<String> ips = ips(where, element.get("ips"));
            if (name != null
                    && isName(where + ".name", name)
                    && (namespace == null || isName(where + ".namespace", namespace))) {
                requests.add(new NetworkRequest(namespace, name, ips, interfaceName));
            }
        }

        private List<String> ips(String where, @Nullable JsonNode node) {
            List<String> ips = new ArrayList<>();
            Set<String> hosts = new HashSet<>();
            if (node == null || node.isNull()) {
                return ips;
            }
            if (!node.isArray()) {
                problems.add("%s.ips must be a list such as [\"192.168.1.2/24\"]".formatted(where));
                return ips;
            }
            for (int i = 0; i < node.size(); i++) {
                String written = node.get(i).asText();
                Cidr cidr = node.get(i).isTextual() ? Cidr.parse(written) : null;
                if (cidr == null) {
                    problems.add("%s.ips[%d] (%s) must be an IP address with its prefix length, such as 192.168.1.2/24"
                            .formatted(where, i, written));
                } else {
                    String refusal = new AddressRange(cidr, cidr).refusal(cidr);
                    if (refusal != null) {
                        problems.add("%s.ips[%d]: %s".formatted(where, i, refusal));
                    }
                    if (!hosts.add(cidr.host())) {
                        problems.add("%s.ips[%d] (%s) is there twice".formatted(where, i, written));
                    }
                }
                ips.add(written);
            }
            return ips;
        }

        private @Nullable String text(String where, JsonNode element, String field) {
            JsonNode node = element.get(field);
            if (node == null || node.isNull()) {
                return null;
            }
            if (!node.isTextual()) {
                problems.add("%s.%s must be a string".formatted(where, field));
                return null;
            }
            return node.asText();
        }

        private boolean isName(String what, String text) {
            if (Names.isName(text)) {
                return true;
            }
            problems.add("the %s (%s) must be lower-case letters, digits, '-' or '.'".formatted(what, text));
            return false;
        }
    }
}
