package io.vlink.networkapi.rest;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vlink.networkapi.view.View;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * The first moment of a stop. Those who wait for a vlink get their answer a second later at most, which is that it takes
 * longer (202); what is being recorded is still recorded, and answered. Quarkus then waits for the last answer.
 */
@Singleton
final class Draining {

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final View view;

    Draining(View view) {
        this.view = view;
    }

    void begin(@Observes ShutdownDelayInitiatedEvent stop) {
        view.drain(GRACE);
    }
}
