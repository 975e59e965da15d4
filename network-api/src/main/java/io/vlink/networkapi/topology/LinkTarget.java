package io.vlink.networkapi.topology;

import io.vlink.events.ResourceId;
import io.vlink.events.links.Link;
import io.vlink.networkapi.rest.Target;
import io.vlink.networkapi.view.View;
import java.util.Optional;

/** One link in the view. */
record LinkTarget(ResourceId id, View view) implements Target {

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
        return "/v1/overlays/%s/links/%s".formatted(id.overlay(), id.name());
    }

    @Override
    public String what() {
        return "link " + id;
    }

    @Override
    public Optional<Shown> shown() {
        return view.links()
                .get(key())
                .filter(link -> !link.withdrawn())
                .map(link -> new Shown(link.generation(), false, show(link)));
    }

    ShownLink show(Link link) {
        return ShownLink.of(link, view.linkStates().get(key()).orElse(null));
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
