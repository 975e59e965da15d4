package io.vlink.operator.webhook;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vlink.operator.OperatorConfig;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers the API server at {@code POST /pods} and {@code POST /overlays} over TLS. Runs in every operator, leading or
 * not, as soon as there is a certificate, and switches to a renewed certificate without interruption.
 */
@Singleton
public final class WebhookServer {

    private static final Logger LOG = Logger.getLogger(WebhookServer.class);
    private static final int CHECK_SECONDS = 10;
    private static final int RETRY_SECONDS = 1;
    private static final int MAX_BODY = 4 * 1024 * 1024;
    private static final String PODS = "/pods";
    private static final String OVERLAYS = "/overlays";

    private final Vertx vertx;
    private final KubernetesClient client;
    private final PodAdmission admission;
    private final OverlayAdmission overlays;
    private final CertificateKeeper keeper;
    private final OperatorConfig.Webhook config;
    private final ScheduledExecutorService checks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("webhook-certificate").factory());
    private volatile @Nullable Certificates shown;
    private volatile @Nullable HttpServer server;

    WebhookServer(
            Vertx vertx,
            KubernetesClient client,
            PodAdmission admission,
            OverlayAdmission overlays,
            CertificateKeeper keeper,
            OperatorConfig config) {
        this.vertx = vertx;
        this.client = client;
        this.admission = admission;
        this.overlays = overlays;
        this.keeper = keeper;
        this.config = config.webhook();
    }

    void start(@Observes StartupEvent event) {
        checks.execute(this::check);
    }

    void stop(@Observes ShutdownEvent event) {
        checks.shutdownNow();
        HttpServer running = server;
        if (running != null) {
            var unused = running.close();
        }
    }

    /** Returns the port that it listens on; -1 while it does not listen. */
    public int port() {
        HttpServer running = server;
        return running == null ? -1 : running.actualPort();
    }

    /** Checks the certificate and schedules the next check, sooner while the webhook does not listen. */
    private void check() {
        try {
            show(keeper.current());
        } catch (KubernetesClientException | IllegalStateException | IllegalArgumentException e) {
            LOG.warnf("Cannot read or renew the certificate of the webhook: %s", e.getMessage());
        } finally {
            if (!checks.isShutdown()) {
                var unused = checks.schedule(this::check, port() < 0 ? RETRY_SECONDS : CHECK_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private void show(@Nullable Certificates current) {
        if (current == null || current.equals(shown)) {
            return;
        }
        PemKeyCertOptions certificate = new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(current.certificate()))
                .setKeyValue(Buffer.buffer(current.key()));
        HttpServerOptions options = new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(certificate);
        shown = current;
        HttpServer running = server;
        if (running == null) {
            vertx.createHttpServer(options)
                    .requestHandler(this::on)
                    .listen()
                    .onSuccess(listening -> {
                        server = listening;
                        LOG.infof("The webhook listens on %s:%d.", config.host(), listening.actualPort());
                    })
                    .onFailure(error -> {
                        shown = null;
                        LOG.errorf(
                                "The webhook cannot listen on %s:%d: %s",
                                config.host(), config.port(), error.getMessage());
                    });
        } else {
            running.updateSSLOptions(options.getSslOptions()).onFailure(error -> {
                shown = null;
                LOG.errorf("Cannot use the renewed certificate of the webhook: %s", error.getMessage());
            });
        }
    }

    private void on(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        if (!HttpMethod.POST.equals(request.method()) || !(path.equals(PODS) || path.equals(OVERLAYS))) {
            var unused = request.response()
                    .setStatusCode(HttpURLConnection.HTTP_NOT_FOUND)
                    .end();
            return;
        }
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() > MAX_BODY) {
                var unused = request.connection().close();
                return;
            }
            body.appendBuffer(chunk);
        });
        request.endHandler(end -> vertx.executeBlocking(() -> answer(path, body.getBytes()), false)
                .onSuccess(answer -> {
                    var unused = request.response()
                            .putHeader("Content-Type", "application/json")
                            .end(Buffer.buffer(answer));
                })
                .onFailure(error -> {
                    LOG.warnf("Cannot answer the API server's request to %s: %s", path, error.getMessage());
                    var unused = request.response()
                            .setStatusCode(HttpURLConnection.HTTP_INTERNAL_ERROR)
                            .end(String.valueOf(error.getMessage()));
                }));
    }

    private byte[] answer(String path, byte[] body) {
        Review review = Review.read(body);
        if (review == null) {
            throw new IllegalArgumentException("The body is not an AdmissionReview of an object.");
        }
        if (path.equals(OVERLAYS)) {
            return review.answer(overlays.warnings(review));
        }
        if (!review.operation().equals("CREATE")) {
            return review.answer(new PodAdmission.AdmissionResponse.Unchanged());
        }
        Pod pod = client.getKubernetesSerialization().unmarshal(review.object().toString(), Pod.class);
        return review.answer(admission.admit(pod, review.namespace(), review.uid(), review.dryRun()));
    }
}
