package io.vlink.networkapi.bulk;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vlink.events.reasons.Violation;
import io.vlink.events.requests.Request;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.ProblemException;
import io.vlink.networkapi.network.DeclaredNetworks;
import io.vlink.networkapi.reading.Documents;
import io.vlink.networkapi.reading.Intake;
import io.vlink.networkapi.reading.Reading;
import io.vlink.networkapi.reading.RequestReader;
import io.vlink.networkapi.rest.Declarable;
import io.vlink.networkapi.rest.Failures;
import io.vlink.networkapi.rest.RequestIds;
import io.vlink.networkapi.rest.WriteExecution;
import io.vlink.networkapi.rest.WriteExecution.Way;
import io.vlink.networkapi.rest.WriteResult;
import io.vlink.networkapi.topology.DeclaredTopology;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Carries out single lines. All lines that wait for the recorder at the same time share a transaction. */
@Singleton
final class BulkItems {

    static final String PATH = "/v1/bulk";

    private final DeclaredTopology topology;
    private final DeclaredNetworks networks;
    private final WriteExecution effects;
    private volatile boolean stopping;

    BulkItems(DeclaredTopology topology, DeclaredNetworks networks, WriteExecution effects) {
        this.topology = topology;
        this.networks = networks;
        this.effects = effects;
    }

    /** Refuses new lines from now on. A call in progress still gets a result for each line that it sends. */
    void drain(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownDelayInitiatedEvent stop) {
        stopping = true;
    }

    /**
     * Terms that apply to all lines of one call.
     *
     * @param patience how long the caller waits for more than "recorded"
     * @param caller the caller's name; absent if unknown. A line may then name a requester itself, unchecked.
     */
    record Terms(Optional<Duration> patience, @Nullable String caller) {

        /** Returns the name recorded as the requester. */
        @Nullable String asker(Request request) {
            return caller == null ? request.requestedBy() : caller;
        }

        /** Returns a violation if the line names another requester than the caller; null if there is none. */
        @Nullable Violation otherName(Request request) {
            String claimed = request.requestedBy();
            return claimed == null || caller == null || claimed.equals(caller)
                    ? null
                    : new Violation(
                            "$.requestedBy",
                            "Mismatch",
                            "requestedBy (%s) is not the caller (%s). Omit requestedBy.".formatted(claimed, caller));
        }
    }

    /** Carries out one line. The stage never fails: an error is a result too. */
    CompletionStage<BulkResult> item(long line, byte[] json, Terms terms) {
        if (stopping) {
            return refused(
                    line,
                    null,
                    null,
                    new ProblemException(Problem.ProblemType.UNAVAILABLE, "This instance is stopping."));
        }
        try {
            return read(line, json, terms);
        } catch (RuntimeException e) { // the other lines still need answers
            return CompletableFuture.completedFuture(BulkResult.of(line, null, null, Failures.problem(e, PATH)));
        }
    }

    private CompletionStage<BulkResult> read(long line, byte[] json, Terms terms) {
        return switch (RequestReader.read(json)) {
            case Intake.Unreadable unreadable ->
                refused(line, null, null, new ProblemException(Problem.ProblemType.MALFORMED, unreadable.reason()));
            case Intake.RequestOrigin asked ->
                switch (asked.request()) {
                    case Reading.Wrong<Request> wrong ->
                        refused(line, asked.requestId(), asked.subject(), ProblemException.invalid(wrong.violations()));
                    case Reading.Parsed<Request> read ->
                        effect(read.value(), terms)
                                .thenApply(effect -> BulkResult.of(line, asked.requestId(), asked.subject(), effect))
                                .exceptionally(error -> BulkResult.of(
                                        line, asked.requestId(), asked.subject(), Failures.problem(error, PATH)));
                };
        };
    }

    BulkResult tooLong(long line) {
        return BulkResult.of(
                line,
                null,
                null,
                Failures.problem(
                        new ProblemException(
                                Problem.ProblemType.TOO_LARGE,
                                "The line is too long. A line may have at most %d bytes."
                                        .formatted(Documents.MAX_BYTES)),
                        PATH));
    }

    private static CompletionStage<BulkResult> refused(
            long line, @Nullable String requestId, @Nullable String subject, ProblemException problem) {
        return CompletableFuture.completedFuture(
                BulkResult.of(line, requestId, subject, Failures.problem(problem, PATH)));
    }

    private CompletionStage<WriteResult> effect(Request request, Terms terms) {
        Violation otherName = terms.otherName(request);
        if (otherName != null) {
            return CompletableFuture.failedFuture(ProblemException.invalid(List.of(otherName)));
        }
        return switch (request) {
            case Request.DeclareNode r -> declare(topology.nodes(), r, r.id(), r.spec(), terms);
            case Request.DeclareLink r -> declare(topology.links(), r, r.id(), r.spec(), terms);
            case Request.DeclareNetwork r -> declare(networks.networks(), r, r.id(), r.spec(), terms);
            case Request.DeclareAttachment r -> declare(networks.attachments(), r, r.id(), r.spec(), terms);
            case Request.WithdrawNode r -> withdraw(topology.nodes(), r, r.id(), terms);
            case Request.WithdrawLink r -> withdraw(topology.links(), r, r.id(), terms);
            case Request.WithdrawNetwork r -> withdraw(networks.networks(), r, r.id(), terms);
            case Request.WithdrawAttachment r -> withdraw(networks.attachments(), r, r.id(), terms);
        };
    }

    /** Uses a generated request id, because the ids of callers are not necessarily unique. */
    private <I, S> CompletionStage<WriteResult> declare(
            Declarable<I, S> sort, Request request, I id, S spec, Terms terms) {
        Long ifGeneration = request.ifGeneration();
        Way way = ifGeneration != null && ifGeneration == 0 ? Way.POST : Way.PUT;
        return effects.declare(
                way,
                sort.target().apply(id),
                sort.declare().request(RequestIds.next(), id, ifGeneration, spec, terms.asker(request)),
                terms.patience());
    }

    private <I> CompletionStage<WriteResult> withdraw(Declarable<I, ?> sort, Request request, I id, Terms terms) {
        return effects.withdraw(
                sort.target().apply(id),
                sort.withdraw().request(RequestIds.next(), id, request.ifGeneration(), terms.asker(request)),
                terms.patience());
    }
}
