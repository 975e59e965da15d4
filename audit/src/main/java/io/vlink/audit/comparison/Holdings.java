package io.vlink.audit.comparison;

import static io.vlink.audit.differences.Difference.DifferenceType.HELD_TWICE;

import io.vlink.audit.differences.Difference;
import io.vlink.audit.tables.DisplayNames;
import io.vlink.events.DatapathId;
import io.vlink.events.Label;
import io.vlink.events.NetworkId;
import io.vlink.events.PortNumber;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.Endpoint;
import io.vlink.events.paths.QuarantinedCircuit;
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

    private final DisplayNames names;
    private final Map<String, Set<HeldCircuit>> numbers = new HashMap<>();
    private final Map<Where, Set<HeldCircuit>> received = new HashMap<>();
    private final Map<Where, Set<HeldCircuit>> sent = new HashMap<>();
    private final Map<PortKey, Set<HeldCircuit>> meters = new HashMap<>();
    private final Map<PortKey, Set<HeldCircuit>> endpoints = new HashMap<>();
    private final Map<PortKey, Set<HeldCircuit>> links = new HashMap<>();

    private record Where(PortKey port, Label label) {}

    private record PortKey(DatapathId datapathId, long number) {}

    Holdings(List<HeldCircuit> all, DisplayNames names) {
        this.names = names;
        all.forEach(this::take);
    }

    private void take(HeldCircuit held) {
        add(numbers, held.network().overlay() + "/" + held.circuit().number(), held);
        for (Side side : held.circuit().sides()) {
            PortNumber port = side.port();
            if (port != null) {
                PortKey place = new PortKey(side.hop().datapathId(), port.value());
                add(
                        side.sending() ? sent : received,
                        new Where(place, side.lane().label()),
                        held);
                add(links, place, held);
            }
        }
        for (Route route : held.circuit().routes()) {
            if (route.meter() != null) {
                add(meters, new PortKey(route.first().datapathId(), route.meter()), held);
            }
        }
        if (held.current()) {
            held.circuit().endpoints().forEach(endpoint -> takeEndpoint(held, endpoint));
        }
    }

    private void takeEndpoint(HeldCircuit held, Endpoint endpoint) {
        if (endpoint.port() != null) {
            add(endpoints, new PortKey(endpoint.datapathId(), endpoint.port().value()), held);
        }
    }

    private static <K> void add(Map<K, Set<HeldCircuit>> circuits, K key, HeldCircuit held) {
        circuits.computeIfAbsent(key, first -> new HashSet<>()).add(held);
    }

    List<Difference> twice() {
        List<Difference> found = new ArrayList<>();
        numbers.forEach((number, circuits) -> {
            if (circuits.size() > 1) {
                say(found, null, circuits, "The circuit number %s".formatted(number));
            }
        });
        Set<String> told = new HashSet<>();
        labels(received, "received at", told, found);
        labels(sent, "sent at", told, found);
        meters.forEach((meter, circuits) -> {
            if (circuits.size() > 1) {
                say(
                        found,
                        meter.datapathId(),
                        circuits,
                        "Meter %d of %s".formatted(meter.number(), names.of(meter.datapathId())));
            }
        });
        endpoints.forEach((key, circuits) -> {
            if (networks(circuits).size() > 1) {
                say(found, key.datapathId(), circuits, portName(key));
            }
            Set<HeldCircuit> crossing = new HashSet<>(links.getOrDefault(key, Set.of()));
            if (!crossing.isEmpty()) {
                crossing.addAll(circuits);
                say(found, key.datapathId(), crossing, portName(key) + ", as a workload's port and as a link's,");
            }
        });
        return found;
    }

    /**
     * Finds what is held although it is still in quarantine: the datapath cache of a switch may still know it.
     *
     * @param now the time that decides which quarantines are over
     */
    List<Difference> tooSoon(Collection<QuarantinedCircuit> quarantines, Instant now) {
        List<Difference> found = new ArrayList<>();
        for (QuarantinedCircuit quarantined : quarantines) {
            if (quarantined.until().isAfter(now)) {
                Circuit circuit = quarantined.circuit();
                String until = "is in quarantine after circuit %d, but".formatted(circuit.number());
                circuit.sides().forEach(side -> tooSoon(side, until, found));
                for (Route route : circuit.routes()) {
                    Integer meter = route.meter();
                    DatapathId first = route.first().datapathId();
                    Set<HeldCircuit> circuits =
                            meter == null ? Set.of() : meters.getOrDefault(new PortKey(first, meter), Set.of());
                    if (meter != null && !circuits.isEmpty()) {
                        say(found, first, circuits, "Meter %d of %s %s".formatted(meter, names.of(first), until));
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
        PortKey place = new PortKey(datapathId, port.value());
        Set<HeldCircuit> circuits = received.getOrDefault(new Where(place, label), Set.of());
        if (!circuits.isEmpty()) {
            say(
                    found,
                    datapathId,
                    circuits,
                    "The label %s received at %s %s".formatted(label, names.of(datapathId, port.value()), until));
        }
    }

    private String portName(PortKey key) {
        String port = names.of(key.datapathId(), key.number());
        return Character.toUpperCase(port.charAt(0)) + port.substring(1);
    }

    private void labels(Map<Where, Set<HeldCircuit>> labels, String how, Set<String> told, List<Difference> found) {
        labels.forEach((where, circuits) -> {
            if (circuits.size() > 1 && told.add(where.label() + text(circuits))) {
                say(
                        found,
                        where.port().datapathId(),
                        circuits,
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

    private static void say(
            List<Difference> found, @Nullable DatapathId datapathId, Set<HeldCircuit> circuits, String what) {
        Set<NetworkId> networks = networks(circuits);
        found.add(new Difference(
                HELD_TWICE,
                datapathId,
                networks.size() == 1 ? networks.iterator().next() : null,
                "%s is held by %s.".formatted(what, text(circuits))));
    }

    private static Set<NetworkId> networks(Set<HeldCircuit> circuits) {
        return circuits.stream().map(HeldCircuit::network).collect(Collectors.toSet());
    }

    private static String text(Set<HeldCircuit> circuits) {
        return circuits.stream()
                .map(HeldCircuit::text)
                .distinct()
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining(" and "));
    }
}
