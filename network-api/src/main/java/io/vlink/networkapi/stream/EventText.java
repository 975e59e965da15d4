package io.vlink.networkapi.stream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vertx.core.buffer.Buffer;
import io.vlink.events.paths.PathDecision;
import io.vlink.networkapi.http.RawAnswers;
import io.vlink.networkapi.view.Change;
import io.vlink.networkapi.view.ChangeKind;
import io.vlink.networkapi.view.Follower.StreamItem;
import io.vlink.networkapi.view.Position;
import org.jspecify.annotations.Nullable;

/** Writes the steps of a follower as server-sent events (HTML Living Standard §9.2.6). */
final class EventText {

    private static final String SNAPSHOT = "snapshot";
    private static final String SNAPSHOT_END = "snapshot-end";

    private final RawAnswers answers;

    EventText(RawAnswers answers) {
        this.answers = answers;
    }

    /** The reason for a snapshot. */
    private record SnapshotReason(String reason) {}

    Buffer of(StreamItem step) {
        return switch (step) {
            case StreamItem.SnapshotBegin begin ->
                event(SNAPSHOT, null, answers.json(new SnapshotReason(begin.reason())));
            case StreamItem.SnapshotEnd end -> event(SNAPSHOT_END, end.position(), Buffer.buffer("{}"));
            case StreamItem.SnapshotItem shown ->
                event(shown.kind().text(), null, data(shown.kind(), shown.key(), answers.json(form(shown.record()))));
            case StreamItem.Changed changed -> {
                Change change = changed.change();
                yield event(change.kind().text(), changed.position(), data(change.kind(), change.key(), text(changed)));
            }
        };
    }

    private @Nullable Buffer text(StreamItem.Changed changed) {
        if (changed.said() != null) {
            return answers.json(changed.said());
        }
        PathDecision path = changed.change().path();
        if (path != null) {
            return answers.json(ToldPath.of(path));
        }
        byte[] json = changed.change().json();
        return json == null ? null : onOneLine(wellFormed(json));
    }

    /** Returns the form in which a record of the view is sent. */
    private static Object form(Record record) {
        return record instanceof PathDecision decision ? ToldPath.of(decision) : record;
    }

    /** Returns a keep-alive, which contains only the current position. */
    static Buffer heartbeat(@Nullable Position position) {
        return Buffer.buffer(position == null ? ":\n\n" : "id: " + position + "\n\n");
    }

    private static Buffer event(String type, @Nullable Position position, Buffer data) {
        Buffer event = Buffer.buffer().appendString("event: ").appendString(type);
        if (position != null) {
            event.appendString("\nid: ").appendString(position.toString());
        }
        return event.appendString("\ndata: ").appendBuffer(data).appendString("\n\n");
    }

    private static Buffer data(ChangeKind kind, String key, @Nullable Buffer record) {
        Buffer data = Buffer.buffer()
                .appendString("{\"kind\":\"")
                .appendString(kind.text())
                .appendString("\",\"key\":\"")
                .appendString(String.valueOf(JsonStringEncoder.getInstance().quoteAsString(key)));
        return record == null
                ? data.appendString("\",\"deleted\":true}")
                : data.appendString("\",\"deleted\":false,\"record\":")
                        .appendBuffer(record)
                        .appendString("}");
    }

    /** Rewrites a record that may contain escaped lone surrogates. Old records may; new ones are refused. */
    private byte[] wellFormed(byte[] json) {
        for (int i = 0; i + 2 < json.length; i++) {
            if (json[i] == '\\' && json[i + 1] == 'u' && (json[i + 2] == 'd' || json[i + 2] == 'D')) {
                return answers.rewritten(json);
            }
        }
        return json;
    }

    /**
     * Replaces line ends by spaces, which are equivalent between JSON tokens. A line end would end the event's data.
     */
    private static Buffer onOneLine(byte[] json) {
        byte[] line = json.clone();
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\n' || line[i] == '\r') {
                line[i] = ' ';
            }
        }
        return Buffer.buffer(line);
    }
}
