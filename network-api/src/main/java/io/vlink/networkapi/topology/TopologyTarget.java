package io.vlink.networkapi.topology;

import io.vlink.events.ResourceId;
import io.vlink.networkapi.rest.Target;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One node or link in the view.
 *
 * @param what its kind; with an s, the segment of the path
 * @param look returns it as the view shows it
 * @param toldBy key of the record that shows its status
 * @param progress its progress since last declared
 * @param isLeft whether something is still known of it after its record is gone
 */
record TopologyTarget(
        String what,
        ResourceId id,
        Supplier<Optional<CurrentState>> look,
        Supplier<String> toldBy,
        Supplier<Progress> progress,
        BooleanSupplier isLeft)
        implements Target {

    @Override
    public String key() {
        return id.toString();
    }

    @Override
    public String statusKey() {
        return toldBy.get();
    }

    @Override
    public String location() {
        return "/v1/overlays/%s/%ss/%s".formatted(id.overlay(), what, id.name());
    }

    @Override
    public String what() {
        return what + " " + id;
    }

    @Override
    public Optional<CurrentState> shown() {
        return look.get();
    }

    @Override
    public Progress declared(long generation) {
        return progress.get();
    }

    @Override
    public String removalKey() {
        return key();
    }

    @Override
    public boolean isRemoved(long generation) {
        return shown().map(shown -> shown.generation() > generation && !shown.withdrawn())
                .orElseGet(() -> !isLeft.getAsBoolean());
    }

    @Override
    public boolean takesTime() {
        return false;
    }
}
