package io.vlink.operator.webhook;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vlink.operator.OperatorConfig;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the webhook's certificate in a Secret that all operators share, and writes its authority into the API server's
 * webhook configurations. Called on one thread.
 */
@Singleton
final class CertificateKeeper {

    private static final Logger LOG = Logger.getLogger(CertificateKeeper.class);
    private static final String AUTHORITY = "ca.crt";
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";

    private final KubernetesClient client;
    private final OperatorConfig config;
    private final Clock clock;
    /** Whether the configuration for warnings could not be written last time. */
    private boolean refused;

    CertificateKeeper(KubernetesClient client, OperatorConfig config, Clock clock) {
        this.client = client;
        this.config = config;
        this.clock = clock;
    }

    /** Returns the current certificate, renewed if it is time; null while another owner has not created it yet. */
    @Nullable Certificates current() {
        Secret secret = client.secrets()
                .inNamespace(config.operator().namespace())
                .withName(config.webhook().secret())
                .get();
        Certificates there = secret == null ? null : read(secret);
        if (!config.webhook().ownCertificate()) {
            return there;
        }
        if (there == null || clock.instant().isAfter(there.renewal())) {
            there = renewed(secret, there);
        }
        trust(there);
        return there;
    }

    private Certificates renewed(@Nullable Secret before, @Nullable Certificates there) {
        Certificates made = Certificates.issue(
                config.webhook().names(),
                config.webhook().validity(),
                clock.instant(),
                there == null ? "" : there.authority());
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace(config.operator().namespace())
                .withName(config.webhook().secret())
                .withResourceVersion(
                        before == null ? null : before.getMetadata().getResourceVersion())
                .endMetadata()
                .withType("kubernetes.io/tls")
                .withStringData(Map.of(AUTHORITY, made.authority(), CERTIFICATE, made.certificate(), KEY, made.key()))
                .build();
        try {
            Secret unused = before == null
                    ? client.resource(secret).create()
                    : client.resource(secret).update();
            LOG.infof("The certificate of the webhook was %s.", before == null ? "created" : "renewed");
            return made;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            Secret theirs = client.resource(secret).get(); // another operator was faster
            Certificates read = theirs == null ? null : read(theirs);
            if (read == null) {
                throw e;
            }
            return read;
        }
    }

    private static @Nullable Certificates read(Secret secret) {
        Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
        if (!data.containsKey(CERTIFICATE) || !data.containsKey(KEY)) {
            return null;
        }
        return new Certificates(
                text(data.getOrDefault(AUTHORITY, "")), text(data.get(CERTIFICATE)), text(data.get(KEY)));
    }

    private static String text(@Nullable String base64) {
        return base64 == null ? "" : new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    /** Sets the trusted authority again if necessary: applying the manifests removes it. */
    private void trust(Certificates certificates) {
        String bundle =
                Base64.getEncoder().encodeToString(certificates.authority().getBytes(StandardCharsets.UTF_8));
        MutatingWebhookConfiguration pods = client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(config.webhook().configuration())
                .get();
        if (pods != null && differ(pods.getWebhooks().stream().map(MutatingWebhook::getClientConfig), bundle)) {
            pods.getWebhooks().forEach(webhook -> webhook.getClientConfig().setCaBundle(bundle));
            MutatingWebhookConfiguration unused = client.resource(pods).update();
            LOG.info("Updated the trusted certificate of the MutatingWebhookConfiguration for pods.");
        }
        try {
            trustForOverlays(bundle);
            refused = false;
        } catch (KubernetesClientException e) { // admission of pods does not depend on it
            if (!refused) {
                LOG.warnf(
                        "Cannot update the ValidatingWebhookConfiguration, so kubectl does not warn about edits of Overlays that are in use: %s",
                        e.getMessage());
            }
            refused = true;
        }
    }

    private void trustForOverlays(String bundle) {
        ValidatingWebhookConfiguration overlays = client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName(config.webhook().configuration())
                .get();
        if (overlays != null
                && differ(overlays.getWebhooks().stream().map(ValidatingWebhook::getClientConfig), bundle)) {
            overlays.getWebhooks().forEach(webhook -> webhook.getClientConfig().setCaBundle(bundle));
            ValidatingWebhookConfiguration unused = client.resource(overlays).update();
            LOG.info("Updated the trusted certificate of the ValidatingWebhookConfiguration for Overlays.");
        }
    }

    private static boolean differ(Stream<WebhookClientConfig> told, String bundle) {
        return !told.allMatch(one -> bundle.equals(one.getCaBundle()));
    }
}
