package io.vlink.audit.comparison;

import static io.vlink.audit.Difference.Kind.HeldTwice;

import io.vlink.audit.Difference;
import io.vlink.audit.tables.Names;
import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.End;
import io.vlink.events.paths.Resting;
import io.vlink.events.paths.Route;
import io.vlink.events.paths.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds numbers, labels on a cable, meters and ports that two circuits hold. */
final class Holdings {

    private final Names names;
    private final Map<String, Set<Held>> numbers = new HashMap<>();
    private final Map<Where, Set<Held>> received = new HashMap<>();
    private final Map<Where, Set<Held>> sent = new HashMap<>();
    private final Map<Place, Set<Held>> meters = new HashMap<>();
    private final Map<Place, Set<Held>> ends = new HashMap<>();
    private final Map<Place, Set<Held>> links = new HashMap<>();

    private record Where(Place port, Label label) {}

    private record Place(DatapathId datapathId, long number) {}

    Holdings(List<Held> all, Names names) {
        this.names = names;
        all.forEach(this::take);
    }

    private void take(Held held) {
        add(numbers, held.network().overlay() + "/" + held.circuit().number(), held);
        for (Side side : held.circuit().sides()) {
            PortNumber port = side.port();
            if (port != null) {
                Place place = new Place(side.hop().datapathId(), port.value());
                add(
                        side.sending() ? sent : received,
                        new Where(place, side.lane().label()),
                        held);
                add(links, place, held);
            }
        }
        for (Route route : held.circuit().routes()) {
            if (route.meter() != null) {
                add(meters, new Place(route.first().datapathId(), route.meter()), held);
            }
        }
        if (held.current()) {
            held.circuit().ends().forEach(end -> takeEnd(held, end));
        }
    }

    private void takeEnd(Held held, End end) {
        if (end.port() != null) {
            add(ends, new Place(end.datapathId(), end.port().value()), held);
        }
    }

    private static <K> void add(Map<K, Set<Held>> holders, K key, Held held) {
        holders.computeIfAbsent(key, first -> new HashSet<>()).add(held);
    }

    List<Difference> twice() {
        List<Difference> found = new ArrayList<>();
        numbers.forEach((number, holders) -> {
            if (holders.size() > 1) {
                say(found, null, holders, "The circuit number %s".formatted(number));
            }
        });
        Set<String> told = new HashSet<>();
        labels(received, "received at", told, found);
        labels(sent, "sent at", told, found);
        meters.forEach((meter, holders) -> {
            if (holders.size() > 1) {
                say(
                        found,
                        meter.datapathId(),
                        holders,
                        "Meter %d of %s".formatted(meter.number(), names.of(meter.datapathId())));
            }
        });
        ends.forEach((end, holders) -> {
            if (networks(holders).size() > 1) {
                say(found, end.datapathId(), holders, end(end));
            }
            Set<Held> crossing = new HashSet<>(links.getOrDefault(end, Set.of()));
            if (!crossing.isEmpty()) {
                crossing.addAll(holders);
                say(found, end.datapathId(), crossing, end(end) + ", as a workload's port and as a link's,");
            }
        });
        return found;
    }

    /**
     * Finds what is held although it is still in quarantine: the datapath cache of a switch may still know it.
     *
     * @param now the time that decides which quarantines are over
     */
    List<Difference> tooSoon(Collection<Resting> resting, Instant now) {
        List<Difference> found = new ArrayList<>();
        for (Resting rest : resting) {
            if (rest.until().isAfter(now)) {
                Circuit circuit = rest.circuit();
                String until = "is in quarantine after circuit %d, but".formatted(circuit.number());
                circuit.sides().forEach(side -> tooSoon(side, until, found));
                for (Route route : circuit.routes()) {
                    Integer meter = route.meter();
                    DatapathId first = route.first().datapathId();
                    Set<Held> holders =
                            meter == null ? Set.of() : meters.getOrDefault(new Place(first, meter), Set.of());
                    if (meter != null && !holders.isEmpty()) {
                        say(found, first, holders, "Meter %d of %s %s".formatted(meter, names.of(first), until));
                    }
                }
            }
        }
        return found;
    }

    private void tooSoon(Side side, String until, List<Difference> found) {
        PortNumber port = side.port();
        if (port == null || side.sending()) {
            return;
        }
        DatapathId datapathId = side.hop().datapathId();
        Label label = side.lane().label();
        Place place = new Place(datapathId, port.value());
        Set<Held> holders = received.getOrDefault(new Where(place, label), Set.of());
        if (!holders.isEmpty()) {
            say(
                    found,
                    datapathId,
                    holders,
                    "The label %s received at %s %s".formatted(label, names.of(datapathId, port.value()), until));
        }
    }

    private String end(Place end) {
        String port = names.of(end.datapathId(), end.number());
        return Character.toUpperCase(port.charAt(0)) + port.substring(1);
    }

    private void labels(Map<Where, Set<Held>> labels, String how, Set<String> told, List<Difference> found) {
        labels.forEach((where, holders) -> {
            if (holders.size() > 1 && told.add(where.label() + text(holders))) {
                say(
                        found,
                        where.port().datapathId(),
                        holders,
                        "The label %s %s %s"
                                .formatted(
                                        where.label(),
                                        how,
                                        names.of(
                                                where.port().datapathId(),
                                                where.port().number())));
            }
        });
    }

    private static void say(List<Difference> found, @Nullable DatapathId datapathId, Set<Held> holders, String what) {
        Set<NetworkId> networks = networks(holders);
        found.add(new Difference(
                HeldTwice,
                datapathId,
                networks.size() == 1 ? networks.iterator().next() : null,
                "%s is held by %s.".formatted(what, text(holders))));
    }

    private static Set<NetworkId> networks(Set<Held> holders) {
        return holders.stream().map(Held::network).collect(Collectors.toSet());
    }

    private static String text(Set<Held> holders) {
        return holders.stream()
                .map(Held::text)
                .distinct()
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining(" and "));
    }
}
