package io.vlink.networkapi.stream;

import io.vertx.core.MultiMap;
import io.vlink.events.text.Names;
import io.vlink.networkapi.http.Problem;
import io.vlink.networkapi.http.ProblemException;
import io.vlink.networkapi.http.Query;
import io.vlink.networkapi.view.ChangeKind;
import io.vlink.networkapi.view.Changes;
import io.vlink.networkapi.view.Filter;
import io.vlink.networkapi.view.Position;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a call asks for, and where they begin.
 *
 * @param after the last position that the client received; null: from now on
 * @param snapshot whether to begin with a snapshot
 */
record Subscription(Filter filter, @Nullable Position after, boolean snapshot) {

    private static final List<String> KNOWN = List.of("kind", "overlay", "namespace", "network", "after", "snapshot");

    /** Reads a query; fails the call with a problem if it is invalid. */
    static Subscription of(MultiMap query, @Nullable String lastEventId) {
        for (String name : query.names()) {
            if (!KNOWN.contains(name)) {
                throw new ProblemException(
                        Problem.ProblemType.BAD_REQUEST,
                        "Query parameter %s is not known. Known here: %s.".formatted(name, String.join(", ", KNOWN)));
            }
        }
        String after = lastEventId == null || lastEventId.isEmpty() ? query.get("after") : lastEventId;
        return new Subscription(
                new Filter(kinds(query), name(query, "overlay"), name(query, "namespace"), name(query, "network")),
                after == null ? null : position(after),
                Boolean.TRUE.equals(Query.flag("snapshot", query.get("snapshot"))));
    }

    Changes.Entrance enter(Changes changes, Instant now) {
        if (after != null) {
            return changes.after(after, now);
        }
        Changes.Entrance entrance = changes.now(now);
        return snapshot
                ? new Changes.Entrance(entrance.sequence(), entrance.position(), "The client asked for a snapshot.")
                : entrance;
    }

    private static Position position(String text) {
        try {
            return Position.of(text);
        } catch (IllegalArgumentException e) {
            throw Query.wrong("after, or Last-Event-ID", text, "must be the id of an event");
        }
    }

    private static @Nullable String name(MultiMap query, String parameter) {
        String value = query.get(parameter);
        if (value != null && !Names.isName(value)) {
            throw Query.wrong(
                    parameter,
                    value,
                    "must be 1 to 253 lower-case letters, digits, '-' or '.', beginning and ending with a letter or digit");
        }
        return value;
    }

    private static Set<ChangeKind> kinds(MultiMap query) {
        Set<ChangeKind> kinds = EnumSet.noneOf(ChangeKind.class);
        for (String list : query.getAll("kind")) {
            for (String text : list.split(",", -1)) {
                kinds.add(Stream.of(ChangeKind.values())
                        .filter(kind -> kind.text().equals(text.strip()))
                        .findFirst()
                        .orElseThrow(() -> Query.wrong(
                                "kind",
                                text,
                                "must be one or more of "
                                        + Stream.of(ChangeKind.values())
                                                .map(ChangeKind::text)
                                                .collect(Collectors.joining(", ")))));
            }
        }
        return kinds.isEmpty() ? EnumSet.allOf(ChangeKind.class) : kinds;
    }
}
