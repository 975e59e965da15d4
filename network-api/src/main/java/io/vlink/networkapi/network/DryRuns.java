package io.vlink.networkapi.network;

import io.vlink.events.dryruns.DryRunRequest;
import io.vlink.networkapi.NetworkApiConfig;
import io.vlink.networkapi.http.Query;
import io.vlink.networkapi.messaging.NetworkLog;
import io.vlink.networkapi.rest.Reads;
import io.vlink.networkapi.rest.RequestIds;
import io.vlink.networkapi.rest.Writes.WriteCall;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Answers dry runs with what path-service would decide. Nothing is recorded. */
@Singleton
public final class DryRuns {

    static final String WORDS = Query.DRY_RUN;

    private final NetworkLog log;
    private final Reads reads;
    private final NetworkApiConfig config;

    DryRuns(NetworkLog log, Reads reads, NetworkApiConfig config) {
        this.log = log;
        this.reads = reads;
        this.config = config;
    }

    /** Returns whether the parameter {@code dryRun} asks for a dry run. */
    static boolean isAsked(@Nullable String dryRun) {
        return Boolean.TRUE.equals(Query.flag("dryRun", dryRun));
    }

    /** Makes a dry-run request from a request id and the time until which the caller waits. */
    @FunctionalInterface
    interface Question {
        DryRunRequest dryRunRequest(String requestId, Instant until);
    }

    CompletionStage<Response> answer(WriteCall<?, ?> asked, Question question) {
        asked.requireGeneration();
        Instant until = Instant.now().plus(config.rest().deadline());
        return log.ask(question.dryRunRequest(RequestIds.next(), until))
                .thenApply(result -> reads.of(asked.call(), ShownDryRun.of(result)));
    }
}
