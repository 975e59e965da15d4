package io.vlink.networkapi.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.Names;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.inquiries.Forecast;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkState;
import io.vlink.events.networks.Network;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.requests.Answer;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.UnreadableEvent;
import io.vlink.log.WholeLog;
import io.vlink.networkapi.view.Change;
import io.vlink.networkapi.view.Changes;
import io.vlink.networkapi.view.Kind;
import io.vlink.networkapi.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes every record of the topics that the view is made of. On the thread of the {@link WholeLog}. */
final class ViewReader implements WholeLog.Reader {

    private static final Logger LOG = Logger.getLogger(ViewReader.class);

    private final View view;
    private final Changes changes;
    private final Awaited<Answer> answers;
    private final Awaited<Forecast> forecasts;
    private final BiConsumer<NetworkId, @Nullable PathDecision> decided;
    private final BiConsumer<DatapathId, String> claimed;

    /**
     * Makes the reader.
     *
     * @param decided told of each decision, and of each that is forgotten, once the view shows it
     * @param claimed told of each claim to a switch, and of each that is given up, likewise
     */
    ViewReader(
            View view,
            Changes changes,
            Awaited<Answer> answers,
            Awaited<Forecast> forecasts,
            BiConsumer<NetworkId, @Nullable PathDecision> decided,
            BiConsumer<DatapathId, String> claimed) {
        this.claimed = claimed;
        this.view = view;
        this.changes = changes;
        this.answers = answers;
        this.forecasts = forecasts;
        this.decided = decided;
    }

    @Override
    public void on(List<Entry> batch) {
        List<Change> changed = new ArrayList<>(batch.size());
        for (Entry entry : batch) {
            try {
                take(entry);
                change(entry).ifPresent(changed::add);
                if (view.hasCaveats()) {
                    network(entry).map(Change::said).ifPresent(changed::add);
                }
            } catch (UnreadableEvent e) {
                LOG.warnf(
                        "Not shown: %s (topic=%s, partition=%d, offset=%d)",
                        e.getMessage(), entry.topic(), entry.partition(), entry.offset());
            }
        }
        changes.add(changed);
    }

    private static Optional<Change> change(Entry entry) {
        String key = entry.key();
        return key == null
                ? Optional.empty()
                : kind(entry.topic())
                        .map(kind -> new Change(kind, key, entry.partition(), entry.offset(), entry.value()));
    }

    /** The network of which something else is to be said, while a service is missing that would write its status. */
    private static Optional<String> network(Entry entry) {
        String key = entry.key();
        return key == null
                ? Optional.empty()
                : switch (entry.topic()) {
                    case NETWORKS, PATHS -> Optional.of(key);
                    case ATTACHMENTS -> Optional.of(key.substring(0, Math.max(0, key.lastIndexOf('/'))));
                    default -> Optional.empty();
                };
    }

    private static Optional<Kind> kind(Topic topic) {
        return switch (topic) {
            case NODES -> Optional.of(Kind.NODE);
            case LINKS -> Optional.of(Kind.LINK);
            case NETWORKS -> Optional.of(Kind.NETWORK);
            case ATTACHMENTS -> Optional.of(Kind.ATTACHMENT);
            case PATHS -> Optional.of(Kind.PATH);
            case STATUSES -> Optional.of(Kind.STATUS);
            case SWITCHES -> Optional.of(Kind.SWITCH);
            case PORTS -> Optional.of(Kind.PORT);
            case LINK_STATES -> Optional.of(Kind.LINK_STATE);
            case ANSWERS,
                    FORECASTS,
                    REQUESTS,
                    INQUIRIES,
                    RESTING,
                    RULES,
                    RULE_STATES,
                    COUNTERS,
                    SERVICES,
                    CLAIMS,
                    DEAD_LETTERS -> Optional.empty();
        };
    }

    private void take(Entry entry) throws UnreadableEvent {
        String key = entry.key();
        if (key == null) {
            throw new UnreadableEvent("The record has no key.");
        }
        switch (entry.topic()) {
            case NODES -> view.node(key, read(entry, Node.class));
            case LINKS -> view.link(key, read(entry, Link.class));
            case NETWORKS -> view.network(key, read(entry, Network.class));
            case ATTACHMENTS -> view.attachment(key, read(entry, Attachment.class));
            case PATHS -> path(key, read(entry, PathDecision.class));
            case STATUSES -> view.status(key, read(entry, NetworkStatus.class));
            case SWITCHES -> view.switchSeen(key, read(entry, Switch.class));
            case PORTS -> view.port(key, read(entry, Port.class), entry.timestamp());
            case LINK_STATES -> view.linkState(key, read(entry, LinkState.class));
            case ANSWERS -> {
                Answer answer = EventJson.read(entry, Answer.class);
                answers.take(answer.requestId(), answer);
            }
            case FORECASTS -> {
                Forecast forecast = EventJson.read(entry, Forecast.class);
                forecasts.take(forecast.requestId(), forecast);
            }
            case CLAIMS -> claim(key, entry.value() != null);
            case REQUESTS, INQUIRIES, RESTING, RULES, RULE_STATES, COUNTERS, SERVICES, DEAD_LETTERS -> {
                // not part of the view, or read elsewhere
            }
        }
    }

    private void claim(String key, boolean stands) throws UnreadableEvent {
        int slash = key.indexOf('/');
        try {
            DatapathId datapathId = DatapathId.of(key.substring(0, Math.max(0, slash)));
            String overlay = Names.require("overlay", key.substring(slash + 1));
            view.claim(datapathId, overlay, stands);
            claimed.accept(datapathId, overlay);
        } catch (IllegalArgumentException e) {
            throw new UnreadableEvent("The key (%s) must be a datapath id and an overlay.".formatted(key));
        }
    }

    private void path(String key, @Nullable PathDecision decision) throws UnreadableEvent {
        NetworkId id;
        try {
            id = NetworkId.of(key);
        } catch (IllegalArgumentException e) {
            throw new UnreadableEvent("The key (%s) names no network.".formatted(key));
        }
        view.path(key, decision);
        decided.accept(id, decision);
    }

    private static <T> @Nullable T read(Entry entry, Class<T> type) throws UnreadableEvent {
        return entry.value() == null ? null : EventJson.read(entry, type);
    }

    @Override
    public void again() {
        view.forget();
        changes.forget();
    }

    @Override
    public void loaded() {
        LOG.info("The view is loaded.");
    }
}
