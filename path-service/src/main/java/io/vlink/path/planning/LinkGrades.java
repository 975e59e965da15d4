package io.vlink.path.planning;

import io.vlink.events.links.Link;
import io.vlink.path.allocation.Pools;
import io.vlink.path.allocation.WireSide;
import io.vlink.path.allocation.Wires;
import io.vlink.path.topology.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Grades links by the criteria of one search, each link once: the topology and the books must not change meanwhile. */
final class LinkGrades {

    private final Topology topology;
    private final LinkHealth health;
    private final Wires wires;
    private final Admission admission;
    private final Pools pools;
    private final Criteria criteria;
    private final Map<String, Grade> known = new HashMap<>();
    private boolean crowded;

    LinkGrades(Topology topology, LinkHealth health, Wires wires, Admission admission, Pools pools, Criteria criteria) {
        this.topology = topology;
        this.health = health;
        this.wires = wires;
        this.admission = admission;
        this.pools = pools;
        this.criteria = criteria;
    }

    /** Returns the grade of a link: if the path will be mirrored, of the link and its opposite together. */
    Grade of(Link link) {
        return known.computeIfAbsent(link.id().name(), name -> both(link));
    }

    boolean isUsable(Link link) {
        return of(link).isUsable();
    }

    /** Returns whether a link would have enough bandwidth if the network's other ways did not cross it. */
    boolean isCrowded() {
        return crowded;
    }

    private Grade both(Link link) {
        if (topology.node(link.spec().from().node()) == null
                || topology.node(link.spec().to().node()) == null) {
            return Grade.ABSENT;
        }
        if (!criteria.mirrored()) {
            return one(link);
        }
        Link opposite = topology.opposite(link);
        return opposite == null ? Grade.ABSENT : one(link).and(one(opposite));
    }

    private Grade one(Link link) {
        if (!health.isHealthy(link)) {
            return Grade.DOWN;
        }
        if (!admission.fits(link, criteria::asked, criteria.own())) {
            crowded |= !criteria.besides().isEmpty()
                    && admission.fits(link, side -> criteria.wanted().reserved(), criteria.own());
            return Grade.narrow(free(link));
        }
        return hasLabel(link) ? Grade.USABLE : Grade.UNLABELLED;
    }

    private long free(Link link) {
        long besides = 0;
        for (WireSide side : wires.sides(link)) {
            besides = Math.max(besides, criteria.besides().getOrDefault(side, 0L));
        }
        return Math.max(0, admission.free(link, criteria.own()) - besides);
    }

    private boolean hasLabel(Link link) {
        List<WireSide> sides = wires.sides(link);
        return criteria.own().labelled().contains(sides.getLast()) || pools.hasLabel(link);
    }
}
