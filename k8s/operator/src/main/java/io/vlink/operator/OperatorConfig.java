package io.vlink.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vlink.health.LogSettings;
import java.time.Duration;
import java.util.List;

/** All settings of the operator, except those of Quarkus (ports, logs) and of the Kubernetes client. */
@ConfigMapping(prefix = "vlink")
public interface OperatorConfig {

    LogSettings log();

    Operator operator();

    Webhook webhook();

    /** Settings of the reconcilers. */
    interface Operator {
        /** Time without an answer after which a request is sent again. */
        @WithDefault("5S")
        Duration answerDeadline();

        /** Time after which a deleted network goes even if a switch has not confirmed that its rules are removed. */
        @WithDefault("60S")
        Duration removalDeadline();

        /** Time that an address stays reserved for a pod that was admitted but never created. */
        @WithDefault("2M")
        Duration promiseDeadline();

        /** Time that a port of an existing pool stays unused after its pod is gone or has ended. */
        @WithDefault("10S")
        Duration poolRest();

        /** Name of the bridge on each node that pods are plugged into. */
        @WithDefault("br-vlink")
        String bridge();

        /** Namespace of the operator itself, which holds its lease and certificates. */
        @WithDefault("vlink-system")
        String namespace();

        /** Time that the other operators wait for a silent leader before one of them takes over. */
        @WithDefault("15S")
        Duration leaseDuration();
    }

    /** Settings of the webhook that the API server asks about pods and about edits of Overlays. */
    interface Webhook {
        /** Address to listen on. */
        @WithDefault("0.0.0.0")
        String host();

        /** Port to listen on; 0: any free port. */
        @WithDefault("8443")
        int port();

        /** Name of the Secret, in the operator's namespace, that holds the certificate. */
        @WithDefault("vlink-webhook")
        String secret();

        /** Name of both the MutatingWebhookConfiguration and the ValidatingWebhookConfiguration. */
        @WithDefault("vlink-operator")
        String configuration();

        /** Names in the certificate: those of the Service. */
        @WithDefault("vlink-operator.${vlink.operator.namespace:vlink-system}.svc")
        List<String> names();

        /**
         * Whether the operator makes and renews the certificate. If not, something else must fill the Secret and the
         * caBundle.
         */
        @WithDefault("true")
        boolean ownCertificate();

        /** Validity of a certificate. It is renewed when a third of that is left. */
        @WithDefault("90D")
        Duration validity();
    }
}
