package io.vlink.operator.overlay;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.quarkiverse.operatorsdk.runtime.api.ConfigurableReconciler;
import io.vlink.events.ResourceId;
import io.vlink.operator.Announcer;
import io.vlink.operator.EndlessRetry;
import io.vlink.operator.OperatorConfig;
import io.vlink.operator.ResourceConditions;
import io.vlink.operator.Stopping;
import io.vlink.operator.messaging.OperatorLog;
import io.vlink.operator.messaging.Requests;
import io.vlink.operator.pool.PoolBook;
import io.vlink.operator.request.OnBehalf;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Declares the nodes and links of each Overlay, and withdraws those that it no longer lists. */
@Singleton
@ControllerConfiguration(name = "overlay", finalizerName = OverlayReconciler.FINALIZER)
public final class OverlayReconciler implements ConfigurableReconciler<Overlay>, Cleaner<Overlay> {

    static final String FINALIZER = "l2sm.operator.io/finalizer";

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration RESYNC = Duration.ofMinutes(10);
    /** Interval of checks of the pods of a pool. */
    private static final Duration SETTLED = Duration.ofSeconds(5);
    /**
     * An edit or deletion that arrives while the status is being written may be missed (java-operator-sdk#3398), so the
     * resource is checked again this long after a write.
     */
    private static final Duration ONCE_WRITTEN = Duration.ofMillis(500);

    private final KubernetesClient client;
    private final OperatorLog view;
    private final Requests requests;
    private final PoolBook pools;
    private final Announcer announcer;
    private final Stopping stopping;
    private final Duration patience;
    private final Clock clock;

    OverlayReconciler(
            KubernetesClient client,
            OperatorLog view,
            Requests requests,
            PoolBook pools,
            Announcer announcer,
            Stopping stopping,
            OperatorConfig config,
            Clock clock) {
        this.client = client;
        this.view = view;
        this.requests = requests;
        this.pools = pools;
        this.announcer = announcer;
        this.stopping = stopping;
        this.patience = config.operator().answerDeadline();
        this.clock = clock;
    }

    @Override
    public void updateConfigurationFrom(ControllerConfigurationOverrider<Overlay> overrider) {
        overrider.withRetry(new EndlessRetry());
    }

    @Override
    public List<EventSource<?, Overlay>> prepareEventSources(EventSourceContext<Overlay> context) {
        SimpleInboundEventSource<Overlay> news = new SimpleInboundEventSource<>("news");
        Consumer<String> ofOne = name -> trigger(
                news, context, overlay -> overlay.getMetadata().getName().equals(name));
        view.onOverlay(ofOne);
        view.onLoaded(() -> trigger(news, context, overlay -> true));
        pools.onFound(ofOne); // the pool may be created after the overlay
        InformerEventSource<Node, Overlay> nodes = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Node.class, Overlay.class)
                        .withName("nodes")
                        .withSecondaryToPrimaryMapper(node -> context.getPrimaryCache()
                                .list(overlay -> overlay.getSpec()
                                        .topology()
                                        .nodes()
                                        .contains(node.getMetadata().getName()))
                                .map(ResourceID::fromResource)
                                .collect(Collectors.toSet()))
                        .withPrimaryToSecondaryMapper((Overlay overlay) -> overlay.getSpec().topology().nodes().stream()
                                .map(ResourceID::new)
                                .collect(Collectors.toSet()))
                        // Heartbeats of a node are ignored.
                        .withOnUpdateFilter((now, before) -> !address(now).equals(address(before)))
                        .build(),
                context);
        return List.of(news, nodes);
    }

    private static void trigger(
            SimpleInboundEventSource<Overlay> source, EventSourceContext<Overlay> context, Predicate<Overlay> wanted) {
        if (source.isRunning()) {
            context.getPrimaryCache()
                    .list(wanted)
                    .forEach(overlay -> source.propagateEvent(ResourceID.fromResource(overlay)));
        }
    }

    private static String address(Node node) {
        return node.getStatus() == null || node.getStatus().getAddresses() == null
                ? ""
                : node.getStatus().getAddresses().stream()
                        .filter(address -> address.getType().equals("InternalIP"))
                        .map(NodeAddress::getAddress)
                        .findFirst()
                        .orElse("");
    }

    @Override
    public UpdateControl<Overlay> reconcile(Overlay resource, Context<Overlay> context) {
        Instant now = clock.instant();
        long generation = resource.getMetadata().getGeneration();
        OverlayStatus before = resource.getStatus();
        ResourceConditions conditions =
                new ResourceConditions(before == null ? null : before.conditions(), generation, now);
        String other = olderOfThatName(resource);
        if (other != null) {
            return refused(
                    resource,
                    conditions,
                    "NameTaken",
                    "An older Overlay of this name exists in another namespace. Overlay names must be unique in the"
                            + " cluster: choose another name.");
        }
        String doubt = view.doubt();
        if (doubt != null) {
            conditions =
                    ResourceConditions.doubted(before == null ? null : before.conditions(), generation, doubt, now);
            return shown(resource, before, conditions, ownedNodes(before), ownedLinks(before), RESYNC);
        }
        if (!view.isLoaded()) {
            conditions.isUnknown("Accepted", "NotRead", "The operator is still reading its state from Kafka.");
            conditions.isUnknown("Ready", "NotRead", "The operator is still reading its state from Kafka.");
            return shown(resource, before, conditions, ownedNodes(before), ownedLinks(before), SOON);
        }
        Map<String, String> addresses = new HashMap<>();
        for (Node node : context.getSecondaryResources(Node.class)) {
            if (!address(node).isEmpty()) {
                addresses.put(node.getMetadata().getName(), address(node));
            }
        }
        if (stopping.hasBegun()) {
            return UpdateControl.noUpdate();
        }
        boolean pooled = pools.of(resource.getMetadata().getName()) != null;
        if (pooled) {
            pools.settle(resource.getMetadata().getName());
        }
        WantedTopology wanted = WantedTopology.of(resource.getSpec(), addresses, !pooled);
        if (!wanted.problems().isEmpty()) {
            return refused(resource, conditions, "Contradiction", String.join(" ", wanted.problems()));
        }
        OverlayPlan plan = plan(resource, wanted, now);
        plan.requests()
                .forEach(request -> requests.ask(
                        request, OnBehalf.overlay(resource.getMetadata().getName()), now));
        say(conditions, resource, plan);
        return shown(
                resource,
                before,
                conditions,
                plan.ownedNodes(),
                plan.ownedLinks(),
                plan.open() > 0 || !plan.refusals().isEmpty() ? patience : pooled ? SETTLED : RESYNC);
    }

    private OverlayPlan plan(Overlay resource, WantedTopology wanted, Instant now) {
        OverlayStatus status = resource.getStatus();
        return OverlayPlan.of(
                resource.getMetadata().getName(),
                wanted,
                ownedNodes(status),
                ownedLinks(status),
                new KnownTopology(view.topology(), requests),
                patience,
                now);
    }

    private void say(ResourceConditions conditions, Overlay resource, OverlayPlan plan) {
        OverlayConditions.say(
                conditions,
                plan,
                OverlayHealth.away(
                        view.topology(), resource.getMetadata().getName(), plan.ownedNodes(), plan.ownedLinks()),
                OverlayConditions.accepted(resource.getStatus()));
        Condition accepted = conditions.find("Accepted");
        if (accepted != null && ResourceConditions.isFalse(accepted)) {
            announcer.warning(resource, accepted.getReason(), accepted.getMessage());
        }
        Condition inUse = conditions.find("InUse");
        if (inUse != null) {
            announcer.warning(resource, inUse.getReason(), inUse.getMessage());
        }
    }

    private @Nullable String olderOfThatName(Overlay resource) {
        Comparator<Overlay> age = Comparator.comparing(
                        (Overlay overlay) -> overlay.getMetadata().getCreationTimestamp())
                .thenComparing(overlay -> overlay.getMetadata().getNamespace());
        return client.resources(Overlay.class).inAnyNamespace().list().getItems().stream()
                .filter(overlay -> overlay.getMetadata()
                        .getName()
                        .equals(resource.getMetadata().getName()))
                .min(age)
                .map(oldest -> oldest.getMetadata().getNamespace())
                .filter(namespace -> !namespace.equals(resource.getMetadata().getNamespace()))
                .orElse(null);
    }

    private UpdateControl<Overlay> refused(
            Overlay resource, ResourceConditions conditions, String reason, String message) {
        conditions.isFalse("Accepted", reason, message);
        conditions.isFalse("Ready", "NotAccepted", "See the condition Accepted.");
        conditions.stalled(reason, message);
        announcer.warning(resource, reason, message);
        OverlayStatus before = resource.getStatus();
        return shown(resource, before, conditions, ownedNodes(before), ownedLinks(before), patience);
    }

    private UpdateControl<Overlay> shown(
            Overlay resource,
            @Nullable OverlayStatus before,
            ResourceConditions conditions,
            List<String> ownedNodes,
            List<String> ownedLinks,
            Duration again) {
        String overlay = resource.getMetadata().getName();
        var all = conditions.all();
        OverlayStatus status = new OverlayStatus(
                resource.getMetadata().getGeneration(),
                all.stream()
                        .filter(condition -> !condition.getStatus().equals("True"))
                        .map(condition -> condition.getMessage())
                        .findFirst()
                        .orElse(""),
                (int) ownedNodes.stream()
                        .filter(name -> view.topology().node(new ResourceId(overlay, name)) != null)
                        .count(),
                (int) ownedLinks.stream()
                        .filter(name -> view.topology().link(new ResourceId(overlay, name)) != null)
                        .count(),
                all,
                ownedNodes,
                ownedLinks,
                OverlayConditions.accepted(before, all));
        if (status.equals(before)) {
            return UpdateControl.<Overlay>noUpdate().rescheduleAfter(again);
        }
        Overlay patch = new Overlay();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(overlay)
                .withNamespace(resource.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        // Newly claimed names are requested once the claim is written.
        boolean more = before == null
                || !Set.copyOf(ownedNodes).equals(Set.copyOf(ownedNodes(before)))
                || !Set.copyOf(ownedLinks).equals(Set.copyOf(ownedLinks(before)));
        return UpdateControl.patchStatus(patch)
                .rescheduleAfter(
                        more ? Duration.ofMillis(1) : again.compareTo(ONCE_WRITTEN) < 0 ? again : ONCE_WRITTEN);
    }

    private static List<String> ownedNodes(@Nullable OverlayStatus status) {
        return status == null || status.ownedNodes() == null ? List.of() : status.ownedNodes();
    }

    private static List<String> ownedLinks(@Nullable OverlayStatus status) {
        return status == null || status.ownedLinks() == null ? List.of() : status.ownedLinks();
    }

    @Override
    public DeleteControl cleanup(Overlay resource, Context<Overlay> context) {
        Instant now = clock.instant();
        OverlayStatus status = resource.getStatus();
        if (ownedNodes(status).isEmpty() && ownedLinks(status).isEmpty()) {
            return DeleteControl.defaultDelete();
        }
        DeleteControl stay = DeleteControl.noFinalizerRemoval();
        stay.rescheduleAfter(SOON.toMillis());
        if (!view.isLoaded() || view.doubt() != null) { // a record that seems deleted may only be lost
            return stay;
        }
        OverlayPlan plan = plan(resource, WantedTopology.none(), now);
        if (plan.isEmpty()) {
            return DeleteControl.defaultDelete();
        }
        plan.requests()
                .forEach(request -> requests.ask(
                        request, OnBehalf.overlay(resource.getMetadata().getName()), now));
        if (!plan.refusals().isEmpty()) {
            announcer.warning(resource, "Refused", String.join(" ", plan.refusals()));
        } else if (!plan.inUse().isEmpty()) {
            announcer.warning(resource, "InUse", String.join(" ", plan.inUse()));
        }
        return stay;
    }
}
