package io.vlink.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vlink.operating.LogSettings;
import java.time.Duration;
import java.util.List;

/** Everything that can be set, beside the ports and logs of Quarkus and the client of Kubernetes. */
@ConfigMapping(prefix = "vlink")
public interface OperatorConfig {

    LogSettings log();

    Operator operator();

    Webhook webhook();

    /** How resources are followed. */
    interface Operator {
        /** After how long without an answer a request is made again. */
        @WithDefault("5S")
        Duration answerDeadline();

        /** After how long a deleted network goes although a switch has not confirmed that its rules are gone. */
        @WithDefault("60S")
        Duration removalDeadline();

        /** How long an address stays promised to a pod that never came to be. */
        @WithDefault("2M")
        Duration promiseDeadline();

        /** How long a port of an existing pool rests once its pod is gone or has ended. */
        @WithDefault("10S")
        Duration poolRest();

        /** The bridge on each node that pods are plugged into. */
        @WithDefault("br-vlink")
        String bridge();

        /** Namespace of the operator itself, where its lease and certificates are. */
        @WithDefault("vlink-system")
        String namespace();

        /** How long a leader that fell silent is waited for. */
        @WithDefault("15S")
        Duration leaseDuration();
    }

    /** Where the API server asks about pods, and about edits of Overlays. */
    interface Webhook {
        /** Address to listen at. */
        @WithDefault("0.0.0.0")
        String host();

        /** Port to listen at; 0: any free one. */
        @WithDefault("8443")
        int port();

        /** The Secret, in the operator's namespace, that holds the certificate. */
        @WithDefault("vlink-webhook")
        String secret();

        /** Name of the MutatingWebhookConfiguration, and of the ValidatingWebhookConfiguration. */
        @WithDefault("vlink-operator")
        String configuration();

        /** Names that the certificate is for: the Service's. */
        @WithDefault("vlink-operator.${vlink.operator.namespace:vlink-system}.svc")
        List<String> names();

        /** Whether the operator makes and renews the certificate; if not, somebody else fills the Secret and the caBundle. */
        @WithDefault("true")
        boolean ownCertificate();

        /** How long a certificate is valid; it is renewed when a third of that is left. */
        @WithDefault("90D")
        Duration validity();
    }
}
