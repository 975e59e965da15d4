package io.vlink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vlink.cli.api.Answer;
import io.vlink.cli.api.Api;
import io.vlink.cli.api.Changes;
import io.vlink.cli.api.EventStream;
import io.vlink.cli.api.ServerEvent;
import io.vlink.cli.kinds.Kind;
import io.vlink.cli.kinds.Listing;
import io.vlink.cli.kinds.Place;
import io.vlink.cli.kinds.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The watched resources as last read from network-api. An event names a resource that may have changed; its current
 * state is then read, so the output matches {@code get}.
 */
final class Watched {

    private final Api api;
    private final Kind kind;
    private final @Nullable Reference only;
    private final Place place;
    private final boolean everywhere;
    private final Map<Reference, JsonNode> known = new LinkedHashMap<>();

    Watched(Api api, Kind kind, @Nullable Reference only, Place place, boolean everywhere) {
        this.api = api;
        this.kind = kind;
        this.only = only;
        this.place = place;
        this.everywhere = everywhere;
    }

    /**
     * A resource that has changed since it was last shown.
     *
     * @param item null: the resource is gone
     */
    record News(Reference reference, @Nullable JsonNode item) {}

    EventStream open(@Nullable String position) {
        return open(position, Api.SILENCE);
    }

    /**
     * Opens the stream of changes.
     *
     * @param patience how long a read may take
     */
    EventStream open(@Nullable String position, Duration patience) {
        String network = only == null || !kind.isNamespaced()
                ? null
                : kind == Kind.NETWORK
                        ? only.name()
                        : only.name().substring(0, only.name().indexOf('/'));
        return api.follow(
                new Changes(
                        switch (kind) {
                            case NETWORK -> List.of("network", "status");
                            case ATTACHMENT -> List.of("attachment", "status");
                            case NODE -> List.of("node", "switch");
                            case LINK -> List.of("link", "link-state");
                            case SWITCH -> List.of("switch", "port");
                            case SERVICE -> throw notWatched();
                        },
                        kind == Kind.NODE || kind == Kind.SWITCH ? null : place, // switches belong to no overlay
                        kind.isNamespaced() && !everywhere,
                        network),
                position,
                false,
                patience);
    }

    /** Reads all resources; known resources that are missing count as gone. */
    List<News> all() {
        List<News> news = new ArrayList<>();
        Set<Reference> seen = new LinkedHashSet<>();
        if (only != null) {
            return look(only);
        }
        for (JsonNode item : api.list(new Listing(kind, place, everywhere, null).path())) {
            Reference reference = Reference.of(kind, item);
            seen.add(reference);
            news.addAll(isNow(reference, item));
        }
        for (Reference reference : List.copyOf(known.keySet())) {
            if (!seen.contains(reference)) {
                news.addAll(isNow(reference, null));
            }
        }
        return news;
    }

    /** Returns those of some resources that did not exist when they were last read. */
    List<Reference> missing(Collection<Reference> names) {
        return names.stream().filter(name -> !known.containsKey(name)).toList();
    }

    /** Reads the resources that an event is about. */
    List<News> touched(ServerEvent event) {
        String[] key = event.data().path("key").asText().split("/", -1);
        return switch (kind) {
            case NETWORK -> key.length == 3 ? look(new Reference(kind, new Place(key[0], key[1]), key[2])) : List.of();
            case ATTACHMENT ->
                key.length == 4
                        ? look(new Reference(kind, new Place(key[0], key[1]), key[2] + "/" + key[3]))
                        : knownOf(key);
            case LINK ->
                key.length == 2 ? look(new Reference(kind, new Place(key[0], Place.DEFAULT), key[1])) : List.of();
            case SWITCH -> look(new Reference(kind, new Place(Place.DEFAULT, Place.DEFAULT), key[0]));
            case SERVICE -> throw notWatched();
            case NODE ->
                event.type().equals("switch")
                        ? nodesOf(key[0])
                        : key.length == 2 && key[0].equals(place.overlay())
                                ? look(new Reference(kind, new Place(key[0], Place.DEFAULT), key[1]))
                                : List.of();
        };
    }

    private static IllegalArgumentException notWatched() {
        return new IllegalArgumentException(
                "Services cannot be watched, as they are not in the stream of changes. Use `get services` to see"
                        + " their current state.");
    }

    /** Reads the known attachments of a network: its status contains theirs. */
    private List<News> knownOf(String[] network) {
        List<News> news = new ArrayList<>();
        for (Reference reference : List.copyOf(known.keySet())) {
            if (network.length == 3
                    && reference.place().equals(new Place(network[0], network[1]))
                    && reference.name().startsWith(network[2] + "/")) {
                news.addAll(look(reference));
            }
        }
        return news;
    }

    private List<News> nodesOf(String datapathId) {
        List<News> news = new ArrayList<>();
        for (Map.Entry<Reference, JsonNode> node : List.copyOf(known.entrySet())) {
            if (node.getValue().at("/spec/datapathId").asText().equals(datapathId)) {
                news.addAll(look(node.getKey()));
            }
        }
        return news;
    }

    private List<News> look(Reference reference) {
        if (only != null && !only.name().equals(reference.name())) {
            return List.of();
        }
        Answer answer = api.look(reference.path());
        return isNow(reference, answer.isNotFound() ? null : answer.tree());
    }

    private List<News> isNow(Reference reference, @Nullable JsonNode item) {
        JsonNode before = item == null ? known.remove(reference) : known.put(reference, item);
        boolean same = item == null ? before == null : item.equals(before);
        return same ? List.of() : List.of(new News(reference, item));
    }
}
