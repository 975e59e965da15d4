package io.vlink.networkapi.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.SwitchPort;
import io.vlink.events.Topic;
import io.vlink.events.dryruns.DryRunRequest;
import io.vlink.events.dryruns.DryRunResult;
import io.vlink.events.networks.Network;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.requests.Answer;
import io.vlink.events.requests.Request;
import io.vlink.events.services.Caveats;
import io.vlink.events.services.Services;
import io.vlink.health.Attending;
import io.vlink.health.LogSettings;
import io.vlink.health.Watched;
import io.vlink.log.LogConfig;
import io.vlink.log.OnLoss;
import io.vlink.log.Partitions;
import io.vlink.log.Vitals;
import io.vlink.log.reading.WholeLog;
import io.vlink.log.roll.Attendance;
import io.vlink.log.roll.RollCall;
import io.vlink.log.serving.EventLog;
import io.vlink.networkapi.NetworkApiConfig;
import io.vlink.networkapi.view.Change;
import io.vlink.networkapi.view.Changes;
import io.vlink.networkapi.view.View;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connection to Kafka in both directions: the recorder for the partitions that this instance owns, and the view of
 * everything. No method blocks its caller.
 */
@Singleton
public final class NetworkLog implements Watched, Attending {

    private static final List<Topic> RECORDED =
            List.of(Topic.REQUESTS, Topic.NODES, Topic.LINKS, Topic.NETWORKS, Topic.ATTACHMENTS);
    private static final List<Topic> WRITTEN = List.of(Topic.NODES, Topic.LINKS, Topic.NETWORKS, Topic.ATTACHMENTS);
    private static final List<Topic> SHOWN = List.of(
            Topic.NODES,
            Topic.LINKS,
            Topic.NETWORKS,
            Topic.ATTACHMENTS,
            Topic.PATHS,
            Topic.STATUSES,
            Topic.SWITCHES,
            Topic.PORTS,
            Topic.LINK_STATES,
            Topic.CLAIMS,
            Topic.ANSWERS,
            Topic.FORECASTS);

    private final EventLog<RecorderShard> recorder;
    private final WholeLog whole;
    private final RollCall roll;
    private final Awaited<Answer> answers = new Awaited<>();
    private final Awaited<DryRunResult> dryRunResults = new Awaited<>();
    private final RequestsOut requests;
    private final int partitions;
    private final Duration deadline;
    private final Timer recorded;
    private final View view;
    private final Changes changes;
    /** Caveats by partition number; used on the thread of {@link #roll} only. */
    private Map<Integer, Caveats> caveats = Map.of();

    private boolean wasDoubted;

    NetworkLog(NetworkApiConfig config, View view, Changes changes, RequestsOut requests, MeterRegistry registry) {
        this.partitions = config.log().partitions();
        this.deadline = config.rest().deadline();
        this.requests = requests;
        this.view = view;
        this.changes = changes;
        this.recorded = Timer.builder("vlink.api.recorded")
                .description("Time from a request until the recorder's answer is written")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1))
                .register(registry);
        Gauge.builder("vlink.api.waiting", view, View::waiting)
                .description("Calls that wait for a change")
                .register(registry);
        LogConfig logConfig = ofRecorder(config.log());
        this.recorder = new EventLog<>(
                logConfig,
                (partition, epoch) -> new RecorderShard(
                        partition,
                        partitions,
                        view.paths()::all,
                        view.usage(),
                        view.claims(),
                        () -> inDoubt() != null,
                        this::begun,
                        TurnLimit.DEFAULT),
                Clock.systemUTC(),
                registry);
        this.whole = new WholeLog(
                ofView(config.log()),
                new ViewReader(view, changes, answers, dryRunResults, this::decided, this::claimed),
                registry);
        this.recorder.keepInStep(whole);
        this.roll = new RollCall(
                logConfig,
                config.log().beat(),
                config.log().silence(),
                Attendance.of(recorder, this::vitals),
                registry);
    }

    static LogConfig ofRecorder(LogSettings config) {
        return log(config, RECORDED, WRITTEN, List.of());
    }

    static LogConfig ofView(LogSettings config) {
        return log(config, List.of(), List.of(), SHOWN);
    }

    private static LogConfig log(LogSettings config, List<Topic> owned, List<Topic> outputs, List<Topic> whole) {
        return new LogConfig(
                "network-api",
                config.instanceId(),
                config.bootstrapServers(),
                config.partitions(),
                owned,
                outputs,
                whole,
                true,
                owned.isEmpty() ? OnLoss.NOTHING : OnLoss.HALT,
                SHOWN,
                config.client());
    }

    void start(@Observes StartupEvent event) {
        roll.onChange(recorder::heard);
        roll.onChange(this::heard);
        whole.start();
        recorder.start();
        roll.start();
    }

    void stop(@Observes ShutdownEvent event) {
        recorder.close();
        whole.close();
        roll.close();
    }

    /** Passes a decision on once the view shows it. A shard that is made meanwhile finds it there. */
    private void decided(NetworkId id, @Nullable PathDecision decision) {
        recorder.submit(Partitions.of(id.overlay(), partitions), shard -> shard.decided(id, decision), () -> {});
    }

    private void claimed(DatapathId datapathId, String overlay) {
        recorder.submit(Partitions.of(overlay, partitions), shard -> shard.claimRead(overlay, datapathId), () -> {});
    }

    /**
     * Notes that a shard has begun: from now on only it writes to its partition. Notifies it when the view has caught
     * up.
     */
    private void begun(RecorderShard begun) {
        whole.whenCaughtUp(() -> recorder.submit(
                begun.partition(),
                shard -> {
                    if (shard == begun) { // else a newer shard has begun, and is notified separately
                        shard.usageIsKnown();
                    }
                },
                () -> {}));
    }

    /**
     * Returns why nothing is recorded, for people: Kafka's data has changed unexpectedly, or a gateway reports that.
     * Null if all is well.
     */
    public @Nullable String inDoubt() {
        String halted = recorder.halted();
        List<String> doubts = halted == null ? services().doubts() : List.of();
        return halted != null ? halted : doubts.isEmpty() ? null : String.join(" ", doubts);
    }

    /** Takes in a change of the services present, and reports the networks with a status that changes because of it. */
    private void heard(Services services) {
        boolean doubted = !services.doubts().isEmpty();
        if (wasDoubted && !doubted) {
            recorder.submitToAll(shard -> {}); // decides the requests that waited
        }
        wasDoubted = doubted;
        Map<Integer, Caveats> now = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            now.put(partition, Caveats.of(services, partition));
        }
        Map<Integer, Caveats> before = caveats;
        if (now.equals(before)) {
            return;
        }
        caveats = now;
        boolean complete = now.values().stream().allMatch(Caveats.NONE::equals);
        view.caveats(complete ? null : overlay -> now.getOrDefault(Partitions.of(overlay, partitions), Caveats.NONE));
        changes.add(view.networks().all().stream()
                .map(Network::id)
                .filter(id -> {
                    int partition = Partitions.of(id.overlay(), partitions);
                    return !now.getOrDefault(partition, Caveats.NONE)
                            .equals(before.getOrDefault(partition, Caveats.NONE));
                })
                .map(id -> Change.said(id.toString()))
                .toList());
    }

    /** Returns whether the view is complete. Until then, something may exist although the view does not show it. */
    public boolean isLoaded() {
        return whole.isLoaded();
    }

    @Override
    public List<Vitals> vitals() {
        return List.of(recorder.vitals("recorder"), whole.vitals("view"));
    }

    @Override
    public Services services() {
        return roll.services();
    }

    /**
     * Asks the recorder that owns the request's overlay to decide: directly if that is this instance, else over
     * {@code vlink.requests}. Completes when the decision is committed, else fails with an {@link UnansweredException}.
     */
    public CompletionStage<Answer> ask(Request request) {
        int partition = Partitions.of(request.overlay(), partitions);
        long began = System.nanoTime();
        PendingWrite direct = new PendingWrite(request, deadline);
        recorder.submit(partition, shard -> shard.ask(direct), direct::refuse);
        return direct.answer()
                .exceptionallyCompose(error -> error instanceof OwnerLostException
                        ? produced(request, partition)
                        : CompletableFuture.failedFuture(error))
                .whenComplete((answer, error) -> recorded.record(System.nanoTime() - began, TimeUnit.NANOSECONDS))
                .exceptionallyCompose(error -> CompletableFuture.failedFuture(
                        new UnansweredException(error, services().missing(Services.NETWORK_API, partition))));
    }

    /**
     * Deletes everything known of a switch that is gone: its record, these ports, and the counters of its rules.
     * Completes once Kafka has the tombstones, else fails with an {@link UnansweredException}.
     */
    public CompletionStage<Void> remove(DatapathId id, List<SwitchPort> ports, List<NetworkId> counted) {
        int partition = Partitions.of(id, partitions);
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        ports.forEach(port -> taken.add(requests.tombstone(Topic.PORTS, port.toString(), partition)));
        counted.forEach(network -> taken.add(requests.tombstone(Topic.COUNTERS, id + "/" + network, partition)));
        taken.add(requests.tombstone(Topic.SWITCHES, id.toString(), partition));
        return CompletableFuture.allOf(taken.toArray(new CompletableFuture<?>[0]))
                .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(error -> CompletableFuture.failedFuture(
                        new UnansweredException(error, services().missing(Services.NETWORK_API, partition))));
    }

    private CompletableFuture<Answer> produced(Request request, int partition) {
        CompletableFuture<Answer> answer =
                new CompletableFuture<Answer>().orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
        answers.await(request.requestId(), answer);
        requests.send(
                Topic.REQUESTS, request.subject(), request, partition, recorder.forms(), answer::completeExceptionally);
        return answer;
    }

    /**
     * Asks path-service what it would decide; nothing is recorded. Fails with a {@link DryRunTimeoutException} if there is
     * no answer.
     */
    public CompletionStage<DryRunResult> ask(DryRunRequest request) {
        CompletableFuture<DryRunResult> answer =
                new CompletableFuture<DryRunResult>().orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
        dryRunResults.await(request.requestId(), answer);
        NetworkId network = request.network();
        int partition = Partitions.of(network.overlay(), partitions);
        requests.send(
                Topic.INQUIRIES,
                network.toString(),
                request,
                partition,
                recorder.forms(),
                answer::completeExceptionally);
        return answer.exceptionallyCompose(error -> CompletableFuture.failedFuture(
                new DryRunTimeoutException(error, services().missing(Services.PATH_SERVICE, partition))));
    }
}
