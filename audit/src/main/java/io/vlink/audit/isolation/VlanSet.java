package io.vlink.audit.isolation;

import io.vlink.audit.tables.FlowMatch;
import io.vlink.audit.tables.Masked;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The possible outermost tags of a frame: a set of VLAN ids, and whether the frame may be untagged. Immutable. */
final class VlanSet {

    private static final int IDS = FlowMatch.TAGGED;
    /** The frame is untagged. */
    private static final int NONE = IDS;

    static final VlanSet ANY = new VlanSet(all());

    private final BitSet possible;

    private VlanSet(BitSet possible) {
        this.possible = possible;
    }

    static VlanSet of(int vlan) {
        BitSet only = new BitSet(IDS + 1);
        only.set(vlan);
        return new VlanSet(only);
    }

    private static BitSet all() {
        BitSet all = new BitSet(IDS + 1);
        all.set(0, IDS + 1);
        return all;
    }

    /** Returns the tags that a match accepts. */
    VlanSet and(Masked match) {
        if (match.mask() == FlowMatch.WHOLE_VLAN) {
            int index = match.value() == 0 ? NONE : (int) match.value() & ~FlowMatch.TAGGED;
            boolean sensible = match.value() == 0 || (match.value() & FlowMatch.TAGGED) != 0;
            return sensible && possible.get(index) ? of(index) : new VlanSet(new BitSet());
        }
        BitSet accepted = (BitSet) possible.clone();
        possible.stream()
                .filter(index -> !match.accepts(index == NONE ? 0 : FlowMatch.TAGGED | index))
                .forEach(accepted::clear);
        return new VlanSet(accepted);
    }

    VlanSet without(VlanSet others) {
        BitSet left = (BitSet) possible.clone();
        left.andNot(others.possible);
        return new VlanSet(left);
    }

    boolean isEmpty() {
        return possible.isEmpty();
    }

    boolean isAny() {
        return possible.cardinality() == IDS + 1;
    }

    boolean mayBeUntagged() {
        return possible.get(NONE);
    }

    boolean mayBeTagged() {
        return possible.nextSetBit(0) < NONE && !possible.isEmpty();
    }

    /** Returns the only possible VLAN id; null: several are possible, or none. */
    @Nullable Integer single() {
        int first = possible.nextSetBit(0);
        return first >= 0 && first < NONE && possible.nextSetBit(first + 1) < 0 ? first : null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VlanSet set && set.possible.equals(possible);
    }

    @Override
    public int hashCode() {
        return possible.hashCode();
    }

    @Override
    public String toString() {
        if (isAny()) {
            return "any tag or none";
        }
        Integer single = single();
        if (single != null) {
            return "VLAN " + single;
        }
        return possible.equals(noneOnly()) ? "no tag" : "%d possible tags".formatted(possible.cardinality());
    }

    private static BitSet noneOnly() {
        BitSet none = new BitSet(IDS + 1);
        none.set(NONE);
        return none;
    }
}
