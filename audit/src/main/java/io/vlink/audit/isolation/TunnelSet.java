package io.vlink.audit.isolation;

import io.vlink.audit.tables.Masked;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The possible tunnel ids of a frame: some, or all but some. Immutable.
 *
 * @param allBut whether {@code ids} are the impossible ones
 */
record TunnelSet(boolean allBut, Set<Long> ids) {

    /** The frame is in no tunnel. */
    static final TunnelSet NONE = of(0);

    static final TunnelSet ANY = new TunnelSet(true, Set.of());

    TunnelSet {
        ids = Set.copyOf(ids);
    }

    static TunnelSet of(long id) {
        return new TunnelSet(false, Set.of(id));
    }

    /** Returns the ids that a match may accept; null: none. If all but some are possible, a masked match may accept any of them. */
    @Nullable TunnelSet and(Masked match) {
        if (!allBut) {
            return ids.stream().anyMatch(match::accepts) ? this : null;
        }
        if (match.mask() != -1) {
            return this;
        }
        return ids.contains(match.value()) ? null : of(match.value());
    }

    /** Returns the ids that a match may reject; null: none. */
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

    /** Returns the only possible id; null: several are possible. */
    @Nullable Long single() {
        return !allBut && ids.size() == 1 ? ids.iterator().next() : null;
    }
}
