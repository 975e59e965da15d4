package io.vlink.networkapi.messaging;

import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.dryruns.DryRunResult;
import io.vlink.events.links.Link;
import io.vlink.events.links.LinkState;
import io.vlink.events.networks.Network;
import io.vlink.events.nodes.Claim;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.requests.Answer;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.events.switches.Port;
import io.vlink.events.switches.Switch;
import io.vlink.log.Entry;
import io.vlink.log.Inbox;
import io.vlink.log.reading.WholeLog;
import io.vlink.networkapi.view.Change;
import io.vlink.networkapi.view.ChangeKind;
import io.vlink.networkapi.view.Changes;
import io.vlink.networkapi.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes every record of the view's topics into the view, on the thread of the {@link WholeLog}. */
final class ViewReader implements WholeLog.WholeLogReader {

    private static final Logger LOG = Logger.getLogger(ViewReader.class);

    private final View view;
    private final Changes changes;
    private final BiConsumer<NetworkId, @Nullable PathDecision> decided;
    private final BiConsumer<DatapathId, String> claimed;
    private final Inbox inbox = new Inbox();
    /** Changes of the current batch. */
    private List<Change> changed = List.of();

    /**
     * Makes the reader.
     *
     * @param decided called for each decision and each tombstone of one, once the view shows it
     * @param claimed called for each claim to a switch and each tombstone of one, once the view shows it
     */
    ViewReader(
            View view,
            Changes changes,
            Awaited<Answer> answers,
            Awaited<DryRunResult> dryRunResults,
            BiConsumer<NetworkId, @Nullable PathDecision> decided,
            BiConsumer<DatapathId, String> claimed) {
        this.claimed = claimed;
        this.view = view;
        this.changes = changes;
        this.decided = decided;
        show(Node.TOPIC, ChangeKind.NODE);
        show(Link.TOPIC, ChangeKind.LINK);
        show(Network.TOPIC, ChangeKind.NETWORK);
        show(Attachment.TOPIC, ChangeKind.ATTACHMENT);
        show(NetworkStatus.TOPIC, ChangeKind.STATUS);
        show(Switch.TOPIC, ChangeKind.SWITCH);
        show(LinkState.TOPIC, ChangeKind.LINK_STATE);
        inbox.on(PathDecision.TOPIC, this::path)
                .on(Port.TOPIC, (id, port, entry) -> {
                    view.port(textOf(entry), port, entry.timestamp());
                    changed(ChangeKind.PORT, entry);
                })
                .on(Claim.TOPIC, this::claim)
                .on(Answer.TOPIC, (key, answer, entry) -> {
                    if (answer != null) {
                        answers.take(answer.requestId(), answer);
                    }
                })
                .on(DryRunResult.TOPIC, (network, result, entry) -> {
                    if (result != null) {
                        dryRunResults.take(result.requestId(), result);
                    }
                });
    }

    /** Shows a topic, and reports its changes as those of a kind. */
    private <K, V> void show(TypedTopic<K, V> topic, ChangeKind kind) {
        inbox.on(topic, (key, value, entry) -> {
            view.put(topic, textOf(entry), value);
            changed(kind, entry);
        });
    }

    private void path(NetworkId id, @Nullable PathDecision decision, Entry entry) {
        view.path(textOf(entry), decision);
        decided.accept(id, decision);
        changed(ChangeKind.PATH, entry, null, decision);
    }

    private void claim(Claim.ClaimKey key, @Nullable Claim claim, Entry unused) {
        view.claim(key.datapathId(), key.overlay(), claim != null);
        claimed.accept(key.datapathId(), key.overlay());
    }

    private static String textOf(Entry entry) {
        return String.valueOf(entry.key());
    }

    private void changed(ChangeKind kind, Entry entry) {
        changed(kind, entry, entry.value(), null);
    }

    private void changed(ChangeKind kind, Entry entry, byte @Nullable [] json, @Nullable PathDecision path) {
        String key = textOf(entry);
        changed.add(new Change(kind, key, entry.partition(), entry.offset(), json, path));
        if (view.hasCaveats()) {
            String network = network(kind, key);
            if (network != null) {
                changed.add(Change.said(network));
            }
        }
    }

    /**
     * Returns the network with a shown status that changes with this record, while the service that writes its status
     * is missing.
     */
    private static @Nullable String network(ChangeKind kind, String key) {
        return switch (kind) {
            case NETWORK, PATH -> key;
            case ATTACHMENT -> key.substring(0, Math.max(0, key.lastIndexOf('/')));
            case NODE, LINK, STATUS, SWITCH, PORT, LINK_STATE -> null;
        };
    }

    @Override
    public Set<Topic> topics() {
        return inbox.topics();
    }

    @Override
    public void on(List<Entry> batch) {
        changed = new ArrayList<>(batch.size());
        batch.forEach(entry -> inbox.take(entry, ViewReader::notShown));
        changes.add(changed);
    }

    private static void notShown(Entry entry, String reason) {
        LOG.warnf(
                "Not shown: %s (topic=%s, partition=%d, offset=%d)",
                reason, entry.topic(), entry.partition(), entry.offset());
    }

    @Override
    public void again() {
        view.drop();
        changes.drop();
    }

    @Override
    public void loaded() {
        LOG.info("The view is loaded.");
    }
}
