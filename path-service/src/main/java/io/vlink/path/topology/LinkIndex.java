package io.vlink.path.topology;

import io.vlink.events.links.Link;
import io.vlink.events.links.LinkEnd;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds links by their ends. Links being removed are found by their ports only, which may still be in use. */
final class LinkIndex {

    private final Map<String, SortedMap<String, Link>> from = new HashMap<>();
    private final Map<String, SortedMap<String, Link>> to = new HashMap<>();
    private final Map<LinkEnds, SortedMap<String, Link>> live = new HashMap<>();
    private final Map<LocatorKey, SortedSet<String>> byPlace = new HashMap<>();
    private final Map<LocatorKey, SortedSet<String>> bySender = new HashMap<>();
    private final Map<LocatorKey, SortedSet<String>> byReceiver = new HashMap<>();

    private record LinkEnds(LinkEnd from, LinkEnd to) {}

    /** A port of a node as users name it; not a {@link LinkEnd}, since switches may use names that are not valid locators. */
    private record LocatorKey(String node, String locator) {

        static LocatorKey of(LinkEnd end) {
            return new LocatorKey(end.node(), end.port().text());
        }
    }

    void replace(@Nullable Link before, @Nullable Link after) {
        if (before != null) {
            String name = before.id().name();
            drop(byPlace, LocatorKey.of(before.spec().from()), name);
            drop(byPlace, LocatorKey.of(before.spec().to()), name);
            if (!before.withdrawn()) {
                drop(bySender, LocatorKey.of(before.spec().from()), name);
                drop(byReceiver, LocatorKey.of(before.spec().to()), name);
                dropLink(from, before.spec().from().node(), name);
                dropLink(to, before.spec().to().node(), name);
                dropLink(live, ends(before), name);
            }
        }
        if (after != null) {
            String name = after.id().name();
            byPlace.computeIfAbsent(LocatorKey.of(after.spec().from()), end -> new TreeSet<>())
                    .add(name);
            byPlace.computeIfAbsent(LocatorKey.of(after.spec().to()), end -> new TreeSet<>())
                    .add(name);
            if (!after.withdrawn()) {
                bySender.computeIfAbsent(LocatorKey.of(after.spec().from()), end -> new TreeSet<>())
                        .add(name);
                byReceiver
                        .computeIfAbsent(LocatorKey.of(after.spec().to()), end -> new TreeSet<>())
                        .add(name);
                from.computeIfAbsent(after.spec().from().node(), n -> new TreeMap<>())
                        .put(name, after);
                to.computeIfAbsent(after.spec().to().node(), n -> new TreeMap<>())
                        .put(name, after);
                live.computeIfAbsent(ends(after), e -> new TreeMap<>()).put(name, after);
            }
        }
    }

    Collection<Link> from(String node) {
        return from.getOrDefault(node, Collections.emptySortedMap()).values();
    }

    Collection<Link> to(String node) {
        return to.getOrDefault(node, Collections.emptySortedMap()).values();
    }

    /** Returns the link between the same two ports in the other direction; of several, the first by name. */
    @Nullable Link opposite(Link link) {
        SortedMap<String, Link> found =
                live.get(new LinkEnds(link.spec().to(), link.spec().from()));
        return found == null ? null : found.get(found.firstKey());
    }

    /** Returns all links between the same two ports in the other direction. */
    Collection<Link> opposites(Link link) {
        return live.getOrDefault(new LinkEnds(link.spec().to(), link.spec().from()), Collections.emptySortedMap())
                .values();
    }

    /** Returns the names of the links, including those being removed, that begin or end there. */
    Collection<String> at(String node, String locator) {
        SortedSet<String> names = byPlace.get(new LocatorKey(node, locator));
        return names == null ? List.of() : names;
    }

    /** Returns the names of the links, without those being removed, that begin there. */
    Collection<String> beginningAt(String node, String locator) {
        SortedSet<String> names = bySender.get(new LocatorKey(node, locator));
        return names == null ? List.of() : names;
    }

    /** Returns the names of the links, without those being removed, that end there. */
    Collection<String> endingAt(String node, String locator) {
        SortedSet<String> names = byReceiver.get(new LocatorKey(node, locator));
        return names == null ? List.of() : names;
    }

    private static LinkEnds ends(Link link) {
        return new LinkEnds(link.spec().from(), link.spec().to());
    }

    private static <K> void drop(Map<K, SortedSet<String>> index, K key, String name) {
        SortedSet<String> names = index.get(key);
        if (names != null && names.remove(name) && names.isEmpty()) {
            index.remove(key);
        }
    }

    private static <K> void dropLink(Map<K, SortedMap<String, Link>> index, K key, String name) {
        SortedMap<String, Link> links = index.get(key);
        if (links != null && links.remove(name) != null && links.isEmpty()) {
            index.remove(key);
        }
    }
}
