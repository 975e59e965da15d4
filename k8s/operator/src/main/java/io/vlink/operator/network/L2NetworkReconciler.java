package io.vlink.operator.network;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
import io.quarkus.runtime.ShutdownEvent;
import io.vlink.events.NetworkId;
import io.vlink.events.networks.Network;
import io.vlink.operator.Announcer;
import io.vlink.operator.EndlessRetry;
import io.vlink.operator.OperatorConfig;
import io.vlink.operator.ResourceConditions;
import io.vlink.operator.Stopping;
import io.vlink.operator.messaging.OperatorLog;
import io.vlink.operator.messaging.Requests;
import io.vlink.operator.messaging.SeenNetworks.SeenNetwork;
import io.vlink.operator.pod.NetworkPod;
import io.vlink.operator.pool.Pool;
import io.vlink.operator.pool.PoolBook;
import io.vlink.operator.request.OnBehalf;
import io.vlink.operator.request.OperatorRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reconciles each L2Network: carries out its plan and writes its status. One reconciliation at a time per network. */
@Singleton
@ControllerConfiguration(name = "l2network", finalizerName = L2NetworkReconciler.FINALIZER)
public final class L2NetworkReconciler implements ConfigurableReconciler<L2Network>, Cleaner<L2Network> {

    static final String FINALIZER = "l2sm.operator.io/finalizer";

    private static final Logger LOG = Logger.getLogger(L2NetworkReconciler.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration RESYNC = Duration.ofMinutes(10);
    /**
     * An edit or deletion that arrives while the status is being written may be missed (java-operator-sdk#3398), so the
     * resource is checked again this long after a write.
     */
    private static final Duration ONCE_WRITTEN = Duration.ofMillis(500);

    private final OperatorLog view;
    private final Requests requests;
    private final Overlays overlays;
    private final AddressBook addresses;
    private final AttachmentDefinitions definitions;
    private final PodAttachments attachments;
    private final PoolBook pools;
    private final Announcer announcer;
    private final Stopping stopping;
    private final OperatorConfig.Operator config;
    private final Clock clock;
    private final ScheduledExecutorService promises = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("promises").factory());
    /** The networks that each pod asks for, by its uid: they are reconciled when a port of the pod appears. */
    private final Map<String, Set<ResourceID>> networksByPod = new ConcurrentHashMap<>();

    L2NetworkReconciler(
            OperatorLog view,
            Requests requests,
            Overlays overlays,
            AddressBook addresses,
            AttachmentDefinitions definitions,
            PodAttachments attachments,
            PoolBook pools,
            Announcer announcer,
            Stopping stopping,
            OperatorConfig config,
            Clock clock) {
        this.view = view;
        this.requests = requests;
        this.overlays = overlays;
        this.addresses = addresses;
        this.definitions = definitions;
        this.attachments = attachments;
        this.pools = pools;
        this.announcer = announcer;
        this.stopping = stopping;
        this.config = config.operator();
        this.clock = clock;
    }

    @Override
    public void updateConfigurationFrom(ControllerConfigurationOverrider<L2Network> overrider) {
        overrider.withRetry(new EndlessRetry());
    }

    @Override
    public List<EventSource<?, L2Network>> prepareEventSources(EventSourceContext<L2Network> context) {
        SimpleInboundEventSource<L2Network> kafka = new SimpleInboundEventSource<>("kafka");
        view.onNetwork(id -> trigger(kafka, new ResourceID(id.name(), id.namespace())));
        view.onPort(pod -> networksByPod.getOrDefault(pod, Set.of()).forEach(network -> trigger(kafka, network)));
        view.onLoaded(() -> {
            if (kafka.isRunning()) { // before that there is no cache, and the start reconciles everything anyway
                context.getPrimaryCache().list().forEach(n -> trigger(kafka, ResourceID.fromResource(n)));
            }
        });
        // A pod that was assigned an address but never created causes no event.
        var unused = promises.scheduleWithFixedDelay(
                () -> lookAtPromises(kafka, context),
                config.promiseDeadline().toMillis(),
                config.promiseDeadline().toMillis(),
                TimeUnit.MILLISECONDS);
        InformerEventSource<Pod, L2Network> pods = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Pod.class, L2Network.class)
                        .withName("pods")
                        .withLabelSelector(NetworkPod.LABEL + "=true")
                        .withSecondaryToPrimaryMapper(this::networksOf)
                        .build(),
                context);
        return List.of(kafka, pods);
    }

    private static void lookAtPromises(
            SimpleInboundEventSource<L2Network> source, EventSourceContext<L2Network> context) {
        if (source.isRunning()) {
            context.getPrimaryCache()
                    .list(network -> AddressClaims.of(network.getStatus()).hasPromises())
                    .forEach(network -> source.propagateEvent(ResourceID.fromResource(network)));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        promises.shutdownNow();
    }

    private static void trigger(SimpleInboundEventSource<L2Network> source, ResourceID network) {
        if (source.isRunning()) {
            source.propagateEvent(network);
        }
    }

    private Set<ResourceID> networksOf(Pod pod) {
        NetworkPod seen = NetworkPod.of(pod);
        Set<ResourceID> networks = seen.requests().stream()
                .map(request -> new ResourceID(
                        request.name(), request.namespace() == null ? seen.namespace() : request.namespace()))
                .collect(Collectors.toSet());
        networksByPod.put(seen.uid(), networks);
        return networks;
    }

    @Override
    public UpdateControl<L2Network> reconcile(L2Network resource, Context<L2Network> context) {
        Instant now = clock.instant();
        String doubt = view.doubt();
        if (doubt != null) {
            NetworkPlan doubted = NetworkPlan.doubted(resource, doubt, now);
            tell(resource, doubted.status());
            return shown(resource, doubted.status(), RESYNC);
        }
        String overlay = overlays.of(resource);
        NetworkPlan plan = NetworkPlan.of(resource, known(resource, overlay), config.answerDeadline(), now);
        if (plan.request() != null) {
            requests.ask(plan.request(), onBehalf(resource), now);
        }
        L2NetworkStatus status = plan.status();
        if (status.ownedSince() != null && overlay != null) {
            List<Pod> pods = List.copyOf(context.getSecondaryResources(Pod.class));
            if (stopping.hasBegun()) {
                return UpdateControl.noUpdate();
            }
            List<NetworkPod> joining = joining(resource, pods, pools.of(overlay));
            defineForMultus(resource);
            status = status.withConnectedPods(
                    attachments.follow(NetworkPlan.id(resource, overlay), resource, joining, pods, now));
            addresses.change(
                    resource, claims -> claims.settled(joining, view::isPlugged, config.promiseDeadline(), now));
        } else {
            status = status.withConnectedPods(0);
        }
        tell(resource, status);
        Duration again = plan.again() == null ? RESYNC : plan.again();
        return shown(
                resource,
                status,
                AddressClaims.of(resource.getStatus()).hasPromises() && again.compareTo(config.promiseDeadline()) > 0
                        ? config.promiseDeadline()
                        : again);
    }

    private UpdateControl<L2Network> shown(L2Network resource, L2NetworkStatus status, Duration again) {
        L2NetworkStatus before = resource.getStatus();
        if (before != null && status.equals(before.withoutAddresses())) {
            return UpdateControl.<L2Network>noUpdate().rescheduleAfter(again.isZero() ? SOON : again);
        }
        L2Network patch = new L2Network();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(resource.getMetadata().getName())
                .withNamespace(resource.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        return UpdateControl.patchStatus(patch)
                .rescheduleAfter(
                        again.isZero()
                                ? Duration.ofMillis(1)
                                : again.compareTo(ONCE_WRITTEN) < 0 ? again : ONCE_WRITTEN);
    }

    private NetworkPlan.NetworkFacts known(L2Network resource, @Nullable String overlay) {
        if (overlay == null) {
            return new NetworkPlan.NetworkFacts(view.isLoaded(), null, null, null, null, NetworkPlan.Missing.NOBODY);
        }
        NetworkId id = NetworkPlan.id(resource, overlay);
        SeenNetwork seen = view.networks().network(id);
        Network record = seen == null ? null : seen.record();
        return new NetworkPlan.NetworkFacts(
                view.isLoaded(),
                overlay,
                record == null || record.withdrawn() ? null : record,
                view.networks().status(id),
                requests.last(OperatorRequest.withdraw(OperatorRequest.Verb.WITHDRAW_NETWORK, id.toString())),
                missing(id));
    }

    private NetworkPlan.Missing missing(NetworkId id) {
        return new NetworkPlan.Missing(
                view.recorderMissing(id.overlay()),
                view.caveats(id.overlay()),
                view.networks().decision(id),
                view.networks().attachmentsDecided(id));
    }

    /** Returns the pods that may join the network. Others are ignored, even if their annotation names it. */
    private static List<NetworkPod> joining(L2Network resource, List<Pod> pods, @Nullable Pool pool) {
        String network = resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
        return pods.stream()
                .map(NetworkPod::of)
                .filter(pod -> resource.getSpec()
                        .admits(pod.namespace(), resource.getMetadata().getNamespace()))
                .map(pod -> pool == null ? pod : pod.withPooled(pool.heldBy(pod, network)))
                .toList();
    }

    private void defineForMultus(L2Network resource) {
        try {
            definitions.ensure(resource);
        } catch (KubernetesClientException e) {
            LOG.warnf(
                    "Cannot create the NetworkAttachmentDefinitions of the L2Network %s: %s",
                    resource.getMetadata().getName(), e.getMessage());
            announcer.warning(
                    resource,
                    "NoMultus",
                    "Cannot create the NetworkAttachmentDefinitions, so no pod can be plugged in; check that Multus"
                            + " is installed: " + e.getMessage());
        }
    }

    /** Publishes an Event when a condition changes; the status shows it for as long as it lasts. */
    private void tell(L2Network resource, L2NetworkStatus status) {
        L2NetworkStatus before = resource.getStatus();
        Condition accepted = ResourceConditions.find(status.conditions(), "Accepted");
        Condition ready = ResourceConditions.find(status.conditions(), "Ready");
        if (accepted != null && ResourceConditions.isFalse(accepted)) {
            announcer.warning(resource, accepted.getReason(), accepted.getMessage());
        } else if (ready != null && ready.getStatus().equals("True")) {
            announcer.normal(
                    resource,
                    "Ready",
                    "Traffic passes %s and returns by %s.".formatted(status.forwardPath(), status.reversePath()));
        } else if (ready != null
                && before != null
                && wasReady(before)
                && ResourceConditions.find(status.conditions(), "Reconciling") == null) {
            announcer.warning(resource, ready.getReason(), ready.getMessage());
        }
    }

    private static boolean wasReady(L2NetworkStatus before) {
        Condition ready = ResourceConditions.find(before.conditions(), "Ready");
        return ready != null && ready.getStatus().equals("True");
    }

    @Override
    public DeleteControl cleanup(L2Network resource, Context<L2Network> context) {
        Instant now = clock.instant();
        if (view.doubt() != null) { // a record that seems deleted may only be lost
            DeleteControl stay = DeleteControl.noFinalizerRemoval();
            stay.rescheduleAfter(SOON.toMillis());
            return stay;
        }
        NetworkId owned = owned(resource);
        SeenNetwork seen = owned == null ? null : view.networks().network(owned);
        NetworkRemoval farewell = NetworkRemoval.of(
                owned,
                view.isLoaded(),
                seen == null ? 0 : seen.generation(),
                seen != null && seen.record() != null,
                owned == null
                        ? null
                        : requests.last(
                                OperatorRequest.withdraw(OperatorRequest.Verb.WITHDRAW_NETWORK, owned.toString())),
                Instant.parse(resource.getMetadata().getDeletionTimestamp()),
                config.answerDeadline(),
                config.removalDeadline(),
                now);
        switch (farewell) {
            case NetworkRemoval.Removed removed -> {
                if (removed.late()) {
                    announcer.warning(
                            resource,
                            "RemovalUnconfirmed",
                            "Not every switch has confirmed that the network's rules are removed. The resources that"
                                    + " these rules use stay reserved until then.");
                }
                drop(resource, owned);
                return DeleteControl.defaultDelete();
            }
            case NetworkRemoval.Waiting waiting -> {
                if (owned != null && view.isLoaded()) {
                    attachments.leave(owned, now);
                }
                if (waiting.request() != null) {
                    requests.ask(waiting.request(), onBehalf(resource), now);
                }
                DeleteControl stay = DeleteControl.noFinalizerRemoval();
                stay.rescheduleAfter(SOON.toMillis());
                return stay;
            }
        }
    }

    private static OnBehalf onBehalf(L2Network resource) {
        return OnBehalf.network(
                resource.getMetadata().getNamespace(), resource.getMetadata().getName());
    }

    private static @Nullable NetworkId owned(L2Network resource) {
        L2NetworkStatus status = resource.getStatus();
        return status == null || status.ownedSince() == null || status.overlay() == null
                ? null
                : NetworkPlan.id(resource, status.overlay());
    }

    private void drop(L2Network resource, @Nullable NetworkId owned) {
        definitions.drop(resource);
        if (owned != null) {
            requests.drop(OperatorRequest.withdraw(OperatorRequest.Verb.WITHDRAW_NETWORK, owned.toString()));
        }
    }
}
