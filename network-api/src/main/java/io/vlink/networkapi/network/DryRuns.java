package io.vlink.networkapi.network;

import io.vlink.events.inquiries.Inquiry;
import io.vlink.networkapi.NetworkApiConfig;
import io.vlink.networkapi.messaging.NetworkLog;
import io.vlink.networkapi.rest.Query;
import io.vlink.networkapi.rest.Reads;
import io.vlink.networkapi.rest.RequestIds;
import io.vlink.networkapi.rest.Writes.Asked;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Answers what path-service would decide; nothing is recorded. */
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

    /** Whether a call is one, by its parameter {@code dryRun}. */
    static boolean isAsked(@Nullable String dryRun) {
        return Boolean.TRUE.equals(Query.flag("dryRun", dryRun));
    }

    /** Makes an inquiry, given its id and how long somebody waits for it. */
    @FunctionalInterface
    interface Question {
        Inquiry inquiry(String requestId, Instant until);
    }

    CompletionStage<Response> answer(Asked<?, ?> asked, Question question) {
        asked.requireGeneration();
        Instant until = Instant.now().plus(config.rest().deadline());
        return log.ask(question.inquiry(RequestIds.next(), until))
                .thenApply(forecast -> reads.of(asked.call(), ShownForecast.of(forecast)));
    }
}
