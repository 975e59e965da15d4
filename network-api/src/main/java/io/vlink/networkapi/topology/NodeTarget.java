package io.vlink.networkapi.topology;

import io.vlink.events.ResourceId;
import io.vlink.events.nodes.Node;
import io.vlink.networkapi.rest.Target;
import io.vlink.networkapi.view.View;
import java.util.Optional;

/** One node in the view. */
record NodeTarget(ResourceId id, View view) implements Target {

    @Override
    public String key() {
        return id.toString();
    }

    @Override
    public String statusKey() {
        return key();
    }

    @Override
    public String location() {
        return "/v1/overlays/%s/nodes/%s".formatted(id.overlay(), id.name());
    }

    @Override
    public String what() {
        return "node " + id;
    }

    @Override
    public Optional<Shown> shown() {
        return view.nodes()
                .get(key())
                .filter(node -> !node.withdrawn())
                .map(node -> new Shown(node.generation(), false, show(node)));
    }

    ShownNode show(Node node) {
        return ShownNode.of(
                node, view.switches().get(node.spec().datapathId().toString()).orElse(null));
    }

    @Override
    public Progress declared(long generation) {
        return Progress.DONE;
    }

    @Override
    public boolean isGone(long generation) {
        return shown().isEmpty();
    }

    @Override
    public boolean takesTime() {
        return false;
    }
}
