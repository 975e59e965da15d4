package io.vlink.networkapi.recorder;

import io.vlink.events.AttachmentId;
import io.vlink.events.DatapathId;
import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.attachments.Attachment;
import io.vlink.events.links.Link;
import io.vlink.events.networks.Network;
import io.vlink.events.nodes.Node;
import io.vlink.events.paths.PathDecision;
import io.vlink.events.requests.Request;
import io.vlink.networkapi.usage.Claims;
import io.vlink.networkapi.usage.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recorder and the partition that it writes to, in memory. Offsets grow, transactions end with a marker that takes an
 * offset too, compaction removes records, and a new recorder may load the rest.
 */
final class Desk {

    private record Kept(long offset, @Nullable Record record) {}

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final Map<Topic, Map<String, Kept>> log = new EnumMap<>(Topic.class);
    private final Map<Topic, Long> ends = new EnumMap<>(Topic.class);
    private final List<RecordWrite> written = new ArrayList<>();
    private final List<Runnable> comingBack = new ArrayList<>();
    private final Map<NetworkId, PathDecision> decisions = new HashMap<>();
    private final Usage usage = new Usage();
    private final Claims claims = new Claims();
    private Recorder recorder = new Recorder(usage, claims, overlay -> true);

    Desk() {
        write(recorder.usageIsKnown());
        write(recorder.settleClaims(NOW, of -> false));
    }

    Verdict ask(Request request) {
        if (!recorder.isReady(request)) {
            write(recorder.settleClaims(NOW, of -> false));
        }
        Verdict verdict = recorder.on(request, NOW);
        if (verdict instanceof Verdict.Granted granted) {
            write(granted.changes());
        }
        write(recorder.settleClaims(NOW, of -> false));
        return verdict;
    }

    Verdict.Granted granted(Request request) {
        return switch (ask(request)) {
            case Verdict.Granted granted -> granted;
            case Verdict.Denied denied -> throw new AssertionError(denied.violations());
        };
    }

    Verdict.Denied denied(Request request) {
        return switch (ask(request)) {
            case Verdict.Granted granted -> throw new AssertionError(granted);
            case Verdict.Denied denied -> denied;
        };
    }

    void decided(PathDecision decision) {
        usage.replace(decisions.put(decision.id(), decision), decision);
        recorder.load(decision);
        write(recorder.settle(decision.id()));
        write(recorder.settleTopology());
        write(recorder.settleClaims(NOW, of -> false));
    }

    void pathDeleted(NetworkId id) {
        usage.replace(decisions.remove(id), null);
        recorder.decisionDeleted(id);
        write(recorder.settleTopology());
        write(recorder.settleClaims(NOW, of -> false));
    }

    private void write(List<RecordWrite> changes) {
        for (RecordWrite change : changes) {
            if (change.topic() == Topic.CLAIMS) {
                claim(change);
                continue;
            }
            written.add(change);
            long offset = ends.merge(change.topic(), 1L, Long::sum) - 1;
            log.computeIfAbsent(change.topic(), t -> new LinkedHashMap<>())
                    .put(change.key(), new Kept(offset, change.record()));
            Recorder writer = recorder;
            comingBack.add(() -> writer.seen(change.topic(), offset));
        }
        // the transaction's end marker
        changes.stream().map(RecordWrite::topic).distinct().forEach(topic -> ends.merge(topic, 1L, Long::sum));
    }

    private void claim(RecordWrite change) {
        DatapathId datapathId =
                DatapathId.of(change.key().substring(0, change.key().indexOf('/')));
        if (change.record() == null) {
            claims.remove(datapathId, change.overlay());
        } else {
            claims.put(datapathId, change.overlay());
        }
        recorder.claimRead(change.overlay(), datapathId);
    }

    Claims claims() {
        return claims;
    }

    /** Reads the written records back. */
    void readBack() {
        comingBack.forEach(Runnable::run);
        comingBack.clear();
    }

    /** Replaces the recorder by another instance's, before or after compaction removes tombstones. */
    void takeOver(boolean compacted) {
        begin(compacted);
        write(recorder.usageIsKnown());
        write(recorder.settleClaims(NOW, of -> false));
    }

    /** Replaces the recorder by another instance's, which does not know earlier decisions yet. */
    void begin(boolean compacted) {
        recorder = new Recorder(usage, claims, overlay -> true);
        comingBack.clear();
        log.forEach((topic, keys) -> {
            if (compacted) {
                keys.values().removeIf(kept -> kept.record() == null);
            }
            keys.forEach((key, kept) -> {
                recorder.seen(topic, kept.offset());
                load(topic, key, kept.record());
            });
        });
        ends.forEach(recorder::endsAt);
        write(recorder.settle());
    }

    void usageIsKnown() {
        write(recorder.usageIsKnown());
        write(recorder.settleClaims(NOW, of -> false));
    }

    private void load(Topic topic, String key, @Nullable Record record) {
        switch (record) {
            case null -> recorder.drop(topic, key);
            case Node node -> recorder.load(node);
            case Link link -> recorder.load(link);
            case Network network -> recorder.load(network);
            case Attachment attachment -> recorder.load(attachment);
            default -> throw new AssertionError(record);
        }
    }

    /** Returns the record of a key; null if there is none or a tombstone. */
    @Nullable Record recorded(Topic topic, Object key) {
        Kept kept = log.getOrDefault(topic, Map.of()).get(key.toString());
        return kept == null ? null : kept.record();
    }

    List<RecordWrite> written() {
        return List.copyOf(written);
    }

    static NetworkId network(String name) {
        return new NetworkId("default", "default", name);
    }

    static AttachmentId attachment(String network, String id) {
        return new AttachmentId(network(network), id);
    }
}
