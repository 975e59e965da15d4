package io.vlink.networkapi.stream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vertx.core.buffer.Buffer;
import io.vlink.events.paths.PathDecision;
import io.vlink.networkapi.rest.RawAnswers;
import io.vlink.networkapi.view.Change;
import io.vlink.networkapi.view.Follower.Step;
import io.vlink.networkapi.view.Kind;
import io.vlink.networkapi.view.Position;
import org.jspecify.annotations.Nullable;

/** Steps of a follower as server-sent events (HTML Living Standard §9.2.6). */
final class EventText {

    private static final String SNAPSHOT = "snapshot";
    private static final String SNAPSHOT_END = "snapshot-end";

    private final RawAnswers answers;

    EventText(RawAnswers answers) {
        this.answers = answers;
    }

    /** Why a snapshot is told. */
    private record Reason(String reason) {}

    Buffer of(Step step) {
        return switch (step) {
            case Step.SnapshotBegin begin -> event(SNAPSHOT, null, answers.json(new Reason(begin.reason())));
            case Step.SnapshotEnd end -> event(SNAPSHOT_END, end.position(), Buffer.buffer("{}"));
            case Step.Shown shown ->
                event(shown.kind().text(), null, data(shown.kind(), shown.key(), answers.json(told(shown.record()))));
            case Step.Changed changed -> {
                Change change = changed.change();
                yield event(change.kind().text(), changed.position(), data(change.kind(), change.key(), text(changed)));
            }
        };
    }

    private @Nullable Buffer text(Step.Changed changed) {
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

    /** How a record of the view is told. */
    private static Object told(Record record) {
        return record instanceof PathDecision decision ? ToldPath.of(decision) : record;
    }

    /** Tells no change, only the place that was reached; and keeps the connection open. */
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

    private static Buffer data(Kind kind, String key, @Nullable Buffer record) {
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

    /** A record that was written before lone surrogates were refused may have some, each written as an escape. */
    private byte[] wellFormed(byte[] json) {
        for (int i = 0; i + 2 < json.length; i++) {
            if (json[i] == '\\' && json[i + 1] == 'u' && (json[i + 2] == 'd' || json[i + 2] == 'D')) {
                return answers.rewritten(json);
            }
        }
        return json;
    }

    /** Between the tokens of JSON a space says the same as the end of a line, which would end the data here. */
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
