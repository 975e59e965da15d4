package io.vlink.cli.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A connection to the stream of changes: reads server-sent events (HTML Living Standard §9.2.6). */
public final class EventStream implements AutoCloseable {

    private final Connections connections;
    private final BufferedReader lines;
    private @Nullable String position;

    EventStream(Connections connections, InputStream body, @Nullable String position) {
        this.connections = connections;
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        this.position = position;
    }

    /**
     * Waits for the next event; returns null if the other side ended the stream.
     *
     * @throws UnreachableException if the connection broke
     */
    public @Nullable ServerEvent next() {
        ServerEvent event = nextOrPause();
        while (event != null && event.isPause()) {
            event = nextOrPause();
        }
        return event;
    }

    /**
     * Waits for the next event or sign of life; returns null if the other side ended the stream.
     *
     * @throws UnreachableException if the connection broke
     */
    public @Nullable ServerEvent nextOrPause() {
        try {
            String type = "message";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        return new ServerEvent(type, Json.read(data.toString().getBytes(StandardCharsets.UTF_8)));
                    }
                    return ServerEvent.PAUSE;
                }
                String value = valueOf(line);
                switch (line.substring(0, Math.max(0, line.indexOf(':')))) {
                    case "event" -> type = value;
                    case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                    case "id" -> position = value;
                    default -> {
                        // a comment, or a field without a meaning here
                    }
                }
            }
            return null;
        } catch (IOException e) {
            throw connections.unreachable(e);
        }
    }

    private static String valueOf(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    /** Returns the position to resume from after this connection; null if no event arrived yet. */
    public @Nullable String position() {
        return position;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            // the stream ends either way
        }
    }
}
