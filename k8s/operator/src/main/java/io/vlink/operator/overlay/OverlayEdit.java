package io.vlink.operator.overlay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.events.paths.Circuit;
import io.vlink.events.paths.CircuitRemoval;
import io.vlink.events.paths.PathDecision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Warns about the effect that an edit or the deletion of an overlay has on nodes and links that networks cross. The
 * editor may see the overlay's own names and the number of networks, but not which networks they are. Pure.
 */
public final class OverlayEdit {

    /** Maximum number of warnings; the rest is only counted. */
    private static final int NAMED = 20;

    private static final String MOVED = "networks move to another path where possible, others stay on the old wire";
    private static final String WITHDRAWN = "no new path may cross it, and it is deleted once no path does";

    private OverlayEdit() {}

    /**
     * Returns the warnings; none if the edit touches nothing that is in use.
     *
     * @param before the overlay as it is declared now
     * @param after the overlay after the edit; null: it is being deleted
     * @param status names the nodes and links that the overlay owns: the edit applies only to those
     * @param decisions the decisions about all networks of the overlay
     */
    public static List<String> warnings(
            OverlaySpec before,
            @Nullable OverlaySpec after,
            @Nullable OverlayStatus status,
            Collection<PathDecision> decisions) {
        WantedTopology were = WantedTopology.of(before, Map.of(), true);
        WantedTopology are = after == null ? WantedTopology.none() : WantedTopology.of(after, Map.of(), true);
        if (!are.problems().isEmpty()) {
            return List.of(); // nothing of the edit will be declared
        }
        Map<String, String> nodes = touched(
                were.nodes(), are.nodes(), owned(status == null ? null : status.ownedNodes()), OverlayEdit::sameSwitch);
        Map<String, String> links = touched(
                were.links(), are.links(), owned(status == null ? null : status.ownedLinks()), OverlayEdit::sameWire);
        if (nodes.isEmpty() && links.isEmpty()) {
            return List.of();
        }
        Counts counts = new Counts();
        decisions.forEach(counts::add);
        List<String> warnings = new ArrayList<>();
        nodes.forEach((name, what) -> tell(warnings, "node", name, what, counts.nodes.get(name)));
        links.forEach((name, what) -> tell(warnings, "link", name, what, counts.links.get(name)));
        return warnings.size() <= NAMED ? warnings : shortened(warnings);
    }

    private static Set<String> owned(@Nullable List<String> names) {
        return names == null ? Set.of() : Set.copyOf(names);
    }

    /** Returns the names that are edited or withdrawn, each with the consequence for the networks that cross it. */
    private static Map<String, String> touched(
            Map<String, ObjectNode> before,
            Map<String, ObjectNode> after,
            Set<String> owned,
            BiFunction<ObjectNode, ObjectNode, Boolean> same) {
        Map<String, String> touched = new TreeMap<>();
        before.forEach((name, was) -> {
            ObjectNode is = after.get(name);
            if (owned.contains(name) && (is == null || !same.apply(was, is))) {
                touched.put(name, is == null ? WITHDRAWN : MOVED);
            }
        });
        return touched;
    }

    private static boolean sameSwitch(ObjectNode one, ObjectNode other) {
        return one.path("datapathId").equals(other.path("datapathId"));
    }

    private static boolean sameWire(ObjectNode one, ObjectNode other) {
        return List.of("from", "to", "kind").stream()
                .allMatch(field -> one.path(field).equals(other.path(field)));
    }

    private static void tell(List<String> warnings, String kind, String name, String what, @Nullable Use use) {
        if (use != null) {
            warnings.add("InUse: the %s %s: %s; %s".formatted(kind, name, use.words(), what));
        }
    }

    private static List<String> shortened(List<String> warnings) {
        List<String> few = new ArrayList<>(warnings.subList(0, NAMED));
        few.add("InUse: %d more nodes and links that are in use".formatted(warnings.size() - NAMED));
        return few;
    }

    /** The number of networks that cross something, and of those that cross it only with circuits being removed. */
    private record Use(int current, int removing) {

        Use plus(Use other) {
            return new Use(current + other.current, removing + other.removing);
        }

        String words() {
            String crossing = current == 1 ? "1 network crosses it" : "%d networks cross it".formatted(current);
            return removing == 0
                    ? crossing
                    : "%s, %s leaving it".formatted(crossing, removing == 1 ? "1 is" : "%d are".formatted(removing));
        }
    }

    private static final class Counts {

        private final Map<String, Use> nodes = new HashMap<>();
        private final Map<String, Use> links = new HashMap<>();

        void add(PathDecision decision) {
            Crossed current = new Crossed();
            if (decision.current() != null) {
                current.add(decision.current());
            }
            Crossed removing = new Crossed();
            decision.retiring().stream().map(CircuitRemoval::circuit).forEach(removing::add);
            removing.nodes.removeAll(current.nodes);
            removing.links.removeAll(current.links);
            count(current, new Use(1, 0));
            count(removing, new Use(0, 1));
        }

        private void count(Crossed crossed, Use use) {
            crossed.nodes.forEach(node -> nodes.merge(node, use, Use::plus));
            crossed.links.forEach(link -> links.merge(link, use, Use::plus));
        }
    }

    private static final class Crossed {

        private final Set<String> nodes = new HashSet<>();
        private final Set<String> links = new HashSet<>();

        void add(Circuit circuit) {
            nodes.addAll(circuit.nodes());
            links.addAll(circuit.links());
        }
    }
}
