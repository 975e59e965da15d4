package io.vlink.audit.isolation;

import io.vlink.audit.tables.Masked;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the tunnel id of a frame may be: some, or all but some. Immutable.
 *
 * @param allBut whether {@code ids} are those that it cannot be
 */
record TunnelSet(boolean allBut, Set<Long> ids) {

    /** Outside tunnels. */
    static final TunnelSet NONE = of(0);

    static final TunnelSet ANY = new TunnelSet(true, Set.of());

    TunnelSet {
        ids = Set.copyOf(ids);
    }

    static TunnelSet of(long id) {
        return new TunnelSet(false, Set.of(id));
    }

    /** Those that a match may accept; null: none. Where all but some are possible, a masked match may accept any of them. */
    @Nullable TunnelSet and(Masked match) {
        if (!allBut) {
            return ids.stream().anyMatch(match::accepts) ? this : null;
        }
        if (match.mask() != -1) {
            return this;
        }
        return ids.contains(match.value()) ? null : of(match.value());
    }

    /** Those that a match may leave; null: none. */
    @Nullable TunnelSet without(Masked match) {
        if (!allBut) {
            return ids.stream().allMatch(match::accepts) ? null : this;
        }
        if (match.mask() != -1) {
            return match.mask() == 0 ? null : this;
        }
        Set<Long> more = new HashSet<>(ids);
        more.add(match.value());
        return new TunnelSet(true, more);
    }

    /** The one id that it is; null: it may be several. */
    @Nullable Long single() {
        return !allBut && ids.size() == 1 ? ids.iterator().next() : null;
    }
}
