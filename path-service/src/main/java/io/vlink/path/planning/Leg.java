package io.vlink.path.planning;

import io.vlink.events.links.Link;
import java.util.List;

/**
 * One direction of a network during planning.
 *
 * @param demand the demand to meet
 * @param links the links to cross, in order; of a broken path, the known ones
 * @param fields JSON path of each link
 */
public record Leg(Demand demand, List<Link> links, List<String> fields) {

    public Leg {
        links = List.copyOf(links);
        fields = List.copyOf(fields);
    }

    public List<String> linkNames() {
        return links.stream().map(link -> link.id().name()).toList();
    }
}
