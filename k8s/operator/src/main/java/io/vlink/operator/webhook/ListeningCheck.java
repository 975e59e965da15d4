package io.vlink.operator.webhook;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the webhook listens: the Service routes the API server only to ready operators. */
@Readiness
@Singleton
class ListeningCheck implements HealthCheck {

    private final WebhookServer webhook;

    ListeningCheck(WebhookServer webhook) {
        this.webhook = webhook;
    }

    @Override
    public HealthCheckResponse call() {
        int port = webhook.port();
        return HealthCheckResponse.named("webhook")
                .withData("port", port)
                .status(port >= 0)
                .build();
    }
}
