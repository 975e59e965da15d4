package io.vlink.operator;

import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Starts the SDK's operator on a thread of its own, so that the probes are answered from the beginning.
 *
 * <p>The start lasts until every resource has been listed, and Quarkus opens its HTTP port only after all observers of
 * {@link StartupEvent} have returned. While the API server was away or slow, kubelet's startup probe would end an
 * operator that only waits for it. The extension's own {@code async-start} logs a failed start and leaves a process
 * that never reconciles; here the process ends, and kubelet starts it again.
 */
@Singleton
final class OperatorStart {

    private static final Logger LOG = Logger.getLogger(OperatorStart.class);

    private final Operator operator;
    private final Stopping stopping;

    OperatorStart(Operator operator, Stopping stopping) {
        this.operator = operator;
        this.stopping = stopping;
    }

    void start(@Observes StartupEvent event) {
        var unused = Thread.ofPlatform().name("operator-start").daemon().start(() -> {
            try {
                operator.start();
            } catch (RuntimeException | Error e) {
                LOG.error("The operator cannot start.", e);
                Quarkus.asyncExit(1);
            }
        });
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.begin();
        operator.stop();
    }
}
