package io.vlink.operator.pool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vlink.operator.OperatorConfig;
import io.vlink.operator.pod.NetworkPod;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pool in the labels and annotations of L2S-M's NetworkAttachmentDefinitions, {@code OVERLAY-vethI}. As in
 * L2S-M, a label {@code used-NODE: "true"} marks the port I of that node as in use; the operator's annotation names the
 * owner. Each write requires the version that was read.
 */
@Singleton
public final class PoolBook {

    /** Annotation with the owner of the port, by node. */
    static final String HOLDS = "l2sm.l2sm.k8s.local/holds";

    private static final Logger LOG = Logger.getLogger(PoolBook.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, Hold>> BY_NODE = new TypeReference<>() {};
    private static final String USED = "used-";
    private static final int MAX_LABEL = 63;
    private static final int TRIES = 20;
    /** Time before an overlay without a pool is looked up again: most overlays have none. */
    private static final Duration NONE_FOR = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final Duration patience;
    private final Duration quarantine;
    private final Clock clock;
    private final Map<String, Instant> none = new ConcurrentHashMap<>();
    private final Set<String> pooled = ConcurrentHashMap.newKeySet();
    private volatile Consumer<String> onFound = overlay -> {};

    PoolBook(KubernetesClient client, OperatorConfig config, Clock clock) {
        this.client = client;
        this.patience = config.operator().promiseDeadline();
        this.quarantine = config.operator().poolRest();
        this.clock = clock;
    }

    /** Calls a listener with each overlay for which a pool is found for the first time, on the thread that finds it. */
    public void onFound(Consumer<String> listener) {
        onFound = listener;
    }

    /** Returns the pool of an overlay; null if it has none, as in every installation not made by L2S-M. */
    public @Nullable Pool of(String overlay) {
        List<GenericKubernetesResource> definitions = definitions(overlay);
        return definitions.isEmpty()
                ? null
                : new Pool(definitions.stream().map(each -> port(overlay, each)).toList());
    }

    /**
     * Reserves a port that is free on all of {@code nodes}.
     *
     * @return {@code namespace/name} of its definition; null if none is free
     */
    public @Nullable String take(String overlay, Collection<String> nodes, Hold hold, boolean dryRun) {
        for (int i = 0; i < TRIES; i++) {
            List<GenericKubernetesResource> definitions = definitions(overlay);
            PoolPort taken = new Pool(definitions.stream()
                            .map(each -> port(overlay, each))
                            .toList())
                    .take(nodes, hold);
            if (taken == null) {
                return null;
            }
            if (dryRun || write(definitions, taken)) {
                return taken.definition();
            }
        }
        return null;
    }

    /** Brings the ports of an overlay's pool in line with the existing pods. */
    public void settle(String overlay) {
        List<GenericKubernetesResource> definitions = definitions(overlay);
        Pool pool =
                new Pool(definitions.stream().map(each -> port(overlay, each)).toList());
        if (pool.ports().stream().allMatch(port -> port.holds().isEmpty())) {
            return;
        }
        List<NetworkPod> pods =
                client.pods().inAnyNamespace().withLabel(NetworkPod.LABEL, "true").list().getItems().stream()
                        .map(NetworkPod::of)
                        .toList();
        // A port that was written by others meanwhile is handled next time.
        pool.settled(pods, this::isStillThere, patience, quarantine, clock.instant())
                .forEach(port -> write(definitions, port));
    }

    /** Returns whether the holding pod still exists: it may have lost the label. */
    private boolean isStillThere(Hold hold) {
        if (hold.pod() == null) {
            return false;
        }
        Pod pod =
                client.pods().inNamespace(hold.namespace()).withName(hold.pod()).get();
        return pod != null
                && pod.getMetadata().getUid().equals(hold.uid())
                && !NetworkPod.of(pod).ended();
    }

    private List<GenericKubernetesResource> definitions(String overlay) {
        Instant now = clock.instant();
        if (overlay.length() > MAX_LABEL
                || none.getOrDefault(overlay, Instant.MIN).isAfter(now.minus(NONE_FOR))) {
            return List.of();
        }
        List<GenericKubernetesResource> found = new ArrayList<>();
        try {
            for (GenericKubernetesResource each : client.genericKubernetesResources(
                            "k8s.cni.cncf.io/v1", "NetworkAttachmentDefinition")
                    .inAnyNamespace()
                    .withLabels(Map.of("app", "l2sm", "overlay", overlay))
                    .list()
                    .getItems()) {
                if (number(overlay, each) > 0) {
                    found.add(each);
                }
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            LOG.debugf("Multus is not installed, so there is no pool: %s", e.getMessage());
        }
        if (found.isEmpty()) {
            none.put(overlay, now);
        } else {
            none.remove(overlay);
            if (pooled.add(overlay)) {
                onFound.accept(overlay);
            }
        }
        return found;
    }

    private static int number(String overlay, GenericKubernetesResource definition) {
        Matcher name = Pattern.compile(Pattern.quote(overlay) + "-veth([1-9][0-9]{0,3})")
                .matcher(definition.getMetadata().getName());
        return name.matches() ? Integer.parseInt(name.group(1)) : 0;
    }

    private static PoolPort port(String overlay, GenericKubernetesResource definition) {
        Map<String, Hold> holds = holds(definition);
        Set<String> foreign = new HashSet<>();
        definition.getMetadata().getLabels().forEach((key, value) -> {
            if (key.startsWith(USED) && value.equals("true") && !holds.containsKey(key.substring(USED.length()))) {
                foreign.add(key.substring(USED.length()));
            }
        });
        return new PoolPort(number(overlay, definition), id(definition), foreign, holds);
    }

    private static String id(GenericKubernetesResource definition) {
        return definition.getMetadata().getNamespace() + "/"
                + definition.getMetadata().getName();
    }

    private static Map<String, Hold> holds(GenericKubernetesResource definition) {
        Map<String, String> annotations = definition.getMetadata().getAnnotations();
        String written = annotations == null ? null : annotations.get(HOLDS);
        if (written == null) {
            return Map.of();
        }
        try {
            return JSON.readValue(written, BY_NODE);
        } catch (JsonProcessingException e) {
            // Its labels still count, as held by others.
            LOG.warnf(
                    "Cannot read the annotation %s of the NetworkAttachmentDefinition %s; its ports count as in use: %s",
                    HOLDS, id(definition), e.getOriginalMessage());
            return Map.of();
        }
    }

    private boolean write(List<GenericKubernetesResource> definitions, PoolPort port) {
        GenericKubernetesResource definition = definitions.stream()
                .filter(each -> id(each).equals(port.definition()))
                .findFirst()
                .orElseThrow();
        Map<String, String> labels = new HashMap<>(definition.getMetadata().getLabels());
        holds(definition).keySet().forEach(node -> labels.remove(USED + node));
        port.holds().keySet().stream()
                .filter(node -> USED.length() + node.length() <= MAX_LABEL)
                .forEach(node -> labels.put(USED + node, "true"));
        definition.getMetadata().setLabels(labels);
        Map<String, String> annotations = new HashMap<>(
                definition.getMetadata().getAnnotations() == null
                        ? Map.of()
                        : definition.getMetadata().getAnnotations());
        try {
            if (port.holds().isEmpty()) {
                annotations.remove(HOLDS);
            } else {
                annotations.put(HOLDS, JSON.writeValueAsString(new TreeMap<>(port.holds())));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Holds are always JSON.", e);
        }
        definition.getMetadata().setAnnotations(annotations);
        try {
            GenericKubernetesResource unused = client.resource(definition).update();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
