package io.vlink.operator;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vlink.events.text.Unicode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Publishes Kubernetes Events about resources. Does not repeat an object's last Event. */
@Singleton
public final class Announcer {

    private static final Logger LOG = Logger.getLogger(Announcer.class);
    private static final int MAX_MESSAGE = 1024;
    private static final int MAX_REMEMBERED = 20_000;

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<String, String> said = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX_REMEMBERED;
        }
    });

    Announcer(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Publishes an Event of type Normal. */
    public void normal(HasMetadata about, String reason, String message) {
        announce(about, "Normal", reason, message);
    }

    /** Publishes an Event of type Warning: something needs attention. */
    public void warning(HasMetadata about, String reason, String message) {
        announce(about, "Warning", reason, message);
    }

    private void announce(HasMetadata about, String type, String reason, String message) {
        String words = reason + ": " + message;
        if (words.equals(said.put(about.getMetadata().getUid(), words))) {
            return;
        }
        String now = Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
        Event event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName() + "."
                        + UUID.randomUUID().toString().substring(0, 13))
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .withResourceVersion(about.getMetadata().getResourceVersion())
                .endInvolvedObject()
                .withType(type)
                .withReason(reason)
                .withMessage(Unicode.beginning(Unicode.wellFormed(message), MAX_MESSAGE))
                .withNewSource()
                .withComponent("vlink-operator")
                .endSource()
                .withReportingComponent("vlink-operator")
                .withReportingInstance("vlink-operator")
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .build();
        try {
            Event unused = client.v1()
                    .events()
                    .inNamespace(about.getMetadata().getNamespace())
                    .resource(event)
                    .create();
        } catch (KubernetesClientException e) { // such as in a namespace that is being deleted
            LOG.debugf("Cannot create an Event: %s", e.getMessage());
        }
    }
}
