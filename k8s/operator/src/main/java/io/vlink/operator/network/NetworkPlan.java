package io.vlink.operator.network;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.vlink.events.NetworkId;
import io.vlink.events.networks.Network;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.reasons.RequestReason;
import io.vlink.events.reasons.Violation;
import io.vlink.events.requests.Answer;
import io.vlink.events.services.Absence;
import io.vlink.events.services.Caveats;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.operator.ResourceConditions;
import io.vlink.operator.request.OperatorRequest;
import io.vlink.operator.request.PendingRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The next step for one network: the status to show, the request to send, and when to check again. Pure.
 *
 * <p>A resource claims its name ({@code status.ownedSince}) before it requests anything, and only if no network of that
 * name is recorded. So a network created over REST or Kafka is never touched, no matter when the operator stops. From
 * then on the resource determines the network, until it is deleted.
 *
 * @param status the status to show
 * @param request the request to send, if any
 * @param again when to check again even if nothing happened
 */
public record NetworkPlan(
        L2NetworkStatus status,
        @Nullable OperatorRequest request,
        @Nullable Duration again) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Set<String> FIRST_TOLD = Set.of("Accepted", "Ready");
    /** The conditions that lead to Ready; each requires those before it. */
    private static final List<String> TOWARDS_READY = List.of("Accepted", "Attached", "Programmed", "Ready");

    private static final Duration RESYNC = Duration.ofMinutes(10);

    /**
     * The known state outside the resource.
     *
     * @param loaded whether the state topics were read to their end
     * @param overlay the overlay that the network belongs to; null if there is none
     * @param recorded the network of that name, no matter what created it; null if there is none or it is withdrawn
     * @param status the status of that network
     * @param asked the last request of this process about it
     */
    public record NetworkFacts(
            boolean loaded,
            @Nullable String overlay,
            @Nullable Network recorded,
            @Nullable NetworkStatus status,
            @Nullable PendingRequest asked,
            Missing missing) {}

    /**
     * The missing services, without which the known state may be out of date.
     *
     * @param recorder why network-api cannot record anything; null if it can
     * @param caveats the caveats of the network's overlay
     * @param decision the decision about the network; null if there is none
     * @param attachmentsDecided whether the decision covers every recorded attachment
     */
    public record Missing(
            @Nullable Absence recorder,
            Caveats caveats,
            @Nullable PathDecision decision,
            boolean attachmentsDecided) {

        public static final Missing NOBODY = new Missing(null, Caveats.NONE, null, true);
    }

    /** Returns the id of the network that a resource declares. */
    public static NetworkId id(L2Network resource, String overlay) {
        return new NetworkId(
                overlay,
                resource.getMetadata().getNamespace(),
                resource.getMetadata().getName());
    }

    public static NetworkPlan of(L2Network resource, NetworkFacts known, Duration patience, Instant now) {
        return new Planning(resource, known, patience, now).plan();
    }

    /**
     * Returns the plan while Kafka's data is in doubt: nothing is requested, and the last status is kept with Ready
     * Unknown.
     *
     * @param doubt what is wrong and what to do about it
     */
    public static NetworkPlan doubted(L2Network resource, String doubt, Instant now) {
        L2NetworkStatus before = resource.getStatus() == null ? L2NetworkStatus.empty() : resource.getStatus();
        ResourceConditions conditions = ResourceConditions.doubted(
                before.conditions(), resource.getMetadata().getGeneration(), doubt, now);
        return new NetworkPlan(before.withDoubt(doubt, conditions.all()), null, RESYNC);
    }

    /**
     * Returns the request for a network: the spec as the user wrote it, without the fields that concern only this
     * cluster.
     */
    public static OperatorRequest request(L2Network resource, String overlay, @Nullable Long ifGeneration) {
        L2NetworkSpec spec = resource.getSpec();
        ObjectNode asked;
        if (spec.vlink() != null) {
            asked = JSON.valueToTree(spec.vlink());
        } else {
            asked = JsonNodeFactory.instance.objectNode();
            asked.put("config", spec.config());
        }
        asked.put("type", "vlink");
        return OperatorRequest.declare(
                OperatorRequest.Verb.DECLARE_NETWORK, id(resource, overlay).toString(), ifGeneration, asked);
    }

    /** One round of planning. */
    private static final class Planning {

        private final L2Network resource;
        private final NetworkFacts known;
        private final Duration patience;
        private final Instant now;
        private final long generation;
        private final @Nullable L2NetworkStatus before;
        private final ResourceConditions conditions;

        Planning(L2Network resource, NetworkFacts known, Duration patience, Instant now) {
            this.resource = resource;
            this.known = known;
            this.patience = patience;
            this.now = now;
            this.generation = resource.getMetadata().getGeneration();
            this.before = resource.getStatus();
            this.conditions = new ResourceConditions(before == null ? null : before.conditions(), generation, now);
        }

        NetworkPlan plan() {
            NetworkKind type = resource.getSpec().type();
            if (type != NetworkKind.VLINK) { // stored before our CRD, which refuses it, was installed
                String message = "Networks of type %s are not supported yet; use type vlink.".formatted(type.written());
                return new NetworkPlan(
                        waiting("NotSupported", message, null, null).status(), null, RESYNC);
            }
            String overlay = known.overlay();
            if (overlay == null) {
                return waiting(
                        "NoOverlay",
                        "No Overlay can carry this network. Apply an Overlay, or name one in spec.overlay.",
                        null,
                        null);
            }
            String owned = before == null ? null : before.ownedSince();
            if (!known.loaded()) {
                return waiting("NotRead", "The operator is still reading its state from Kafka.", overlay, owned);
            }
            if (owned == null) {
                if (known.recorded() != null) {
                    return waiting("NameTaken", nameTaken(overlay), overlay, null);
                }
                NetworkConditions said = said(new RecordedGenerations(List.of()));
                String phase = said.declares();
                return new NetworkPlan(status(overlay, now.toString(), null, null, phase), null, Duration.ZERO);
            }
            return owned(overlay, Instant.parse(owned));
        }

        private NetworkPlan owned(String overlay, Instant since) {
            Network recorded = known.recorded();
            boolean heardOf = before != null && before.recordedGeneration() != null;
            if (!heardOf && recorded != null && recorded.createdAt().isBefore(since.minusSeconds(1))) {
                return waiting("NameTaken", nameTaken(overlay), overlay, null);
            }
            OperatorRequest request = request(resource, overlay, heardOf || recorded != null ? null : Long.valueOf(0));
            PendingRequest asked = known.asked();
            Answer answer = asked == null || !asked.request().sameAs(request) ? null : asked.answer();
            if (answer instanceof Answer.Refused refused && !heardOf && mismatch(refused)) {
                return waiting("NameTaken", nameTaken(overlay), overlay, null);
            }
            boolean changed = changedByOthers(answer, recorded);
            // Not in every round: two owners that want different things would overwrite each other without end.
            boolean ask = asked == null
                    || !asked.settles(request, patience, now)
                    || (changed && now.isAfter(asked.at().plus(patience)));
            Long generationRecorded = answer instanceof Answer.Recorded heard
                    ? Long.valueOf(heard.generation())
                    : before == null ? null : before.recordedGeneration();
            RecordedGenerations generations = RecordedGenerations.of(before);
            if (answer instanceof Answer.Recorded heard) {
                generations = generations.with(generation, heard.generation());
            }
            String phase = said(generations).of(answer, generationRecorded);
            return new NetworkPlan(
                    status(overlay, since.toString(), generationRecorded, generations, phase),
                    ask ? request : null,
                    answer == null || ask || changed ? patience.plusMillis(1) : RESYNC);
        }

        private NetworkConditions said(RecordedGenerations generations) {
            return new NetworkConditions(generation, known, generations, conditions);
        }

        /** Returns whether another owner changed or withdrew the record after the operator's last request. */
        private static boolean changedByOthers(@Nullable Answer answer, @Nullable Network recorded) {
            return answer instanceof Answer.Recorded heard
                    && (recorded == null || recorded.generation() > heard.generation());
        }

        private static boolean mismatch(Answer.Refused refused) {
            return refused.violations().stream().anyMatch(v -> v.is(RequestReason.GENERATION_MISMATCH));
        }

        private String nameTaken(String overlay) {
            return "The network %s already exists and was created over REST or Kafka, so it is not touched. Delete it there, or choose another name."
                    .formatted(id(resource, overlay));
        }

        private NetworkPlan waiting(String reason, String message, @Nullable String overlay, @Nullable String owned) {
            L2NetworkStatus kept = owned == null ? null : before;
            String phase = said(RecordedGenerations.of(kept)).waits(reason, message);
            return new NetworkPlan(
                    status(
                            owned == null && before != null && before.overlay() == null ? null : overlay,
                            owned,
                            kept == null ? null : kept.recordedGeneration(),
                            kept == null ? null : RecordedGenerations.of(kept),
                            phase),
                    null,
                    SOON);
        }

        private L2NetworkStatus status(
                @Nullable String overlay,
                @Nullable String owned,
                @Nullable Long recorded,
                @Nullable RecordedGenerations generations,
                String phase) {
            NetworkStatus status = owned == null || known.recorded() == null ? null : known.status();
            Condition ready = conditions.find("Ready");
            String isReady = ready == null ? "" : ready.getStatus();
            return new L2NetworkStatus(
                    generation,
                    overlay,
                    owned,
                    recorded,
                    generations == null || recorded == null ? null : kept(generations, status),
                    phase,
                    message(conditions.all()),
                    status == null ? "" : String.join(",", status.forward()),
                    status == null ? "" : String.join(",", status.reverse()),
                    conditions.all(),
                    isReady.equals("True")
                            ? L2NetworkStatus.Connectivity.AVAILABLE
                            : status == null || isReady.equals("Unknown")
                                    ? L2NetworkStatus.Connectivity.UNKNOWN
                                    : L2NetworkStatus.Connectivity.UNAVAILABLE,
                    null,
                    null,
                    null,
                    null);
        }

        private static List<L2NetworkStatus.RecordedGeneration> kept(
                RecordedGenerations generations, @Nullable NetworkStatus status) {
            long described = status == null
                    ? Long.MAX_VALUE
                    : status.conditions().stream()
                            .mapToLong(io.vlink.events.statuses.Condition::observedGeneration)
                            .min()
                            .orElse(Long.MAX_VALUE);
            return generations.since(described).all();
        }
    }

    /**
     * Returns why the network is not accepted, else why it is not Ready, else the first other condition that is not
     * True.
     */
    static String message(List<Condition> conditions) {
        return Stream.concat(
                        conditions.stream().filter(c -> FIRST_TOLD.contains(c.getType())),
                        conditions.stream().filter(c -> TOWARDS_READY.contains(c.getType())))
                .filter(c -> !c.getStatus().equals("True"))
                .map(Condition::getMessage)
                .findFirst()
                .orElse("");
    }

    /** Returns violations in one line. Fields of the structured form are named as in the manifest. */
    static String inWords(List<Violation> violations) {
        return violations.stream()
                .map(violation -> "%s: %s"
                        .formatted(
                                violation
                                        .field()
                                        .replaceFirst("^\\$\\.spec\\.(path|reversePath|protection)", "spec.vlink.$1")
                                        .replaceFirst("^\\$\\.?", ""),
                                violation.message()))
                .map(line -> line.startsWith(": ") ? line.substring(2) : line)
                .collect(Collectors.joining(" "));
    }
}
