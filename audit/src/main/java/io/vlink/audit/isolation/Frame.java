package io.vlink.audit.isolation;

import io.vlink.audit.tables.FlowMatch;
import io.vlink.audit.tables.Masked;
import io.vlink.events.Label;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All frames with certain tags, regardless of their other contents. Immutable.
 *
 * @param tags possible values of each tag, the outermost first; tags further inside are unknown
 * @param tunnel possible tunnel ids
 * @param metadata as a table wrote it; 0 when a frame enters a switch
 */
record Frame(List<VlanSet> tags, TunnelSet tunnel, long metadata) {

    /** Any frame that a workload may send. */
    static final Frame ANY = new Frame(List.of(), TunnelSet.NONE, 0);

    /** Any frame that may come out of a tunnel. */
    static final Frame ANY_IN_TUNNEL = new Frame(List.of(), TunnelSet.ANY, 0);

    Frame {
        List<VlanSet> known = new ArrayList<>(tags);
        while (!known.isEmpty() && known.getLast().isAny()) {
            known.removeLast();
        }
        tags = List.copyOf(known);
    }

    /** The result of a match: the frames that it may accept, and those that it may reject. */
    record Split(@Nullable Frame accepted, List<Frame> left) {}

    VlanSet outermost() {
        return tags.isEmpty() ? VlanSet.ANY : tags.getFirst();
    }

    /** Returns whether no tag is known, as in a frame from a workload. */
    boolean isAsSent() {
        return tags.isEmpty();
    }

    /** Applies a match; its port has been checked already. */
    Split split(FlowMatch match) {
        if (match.metadata() != null && !match.metadata().accepts(metadata)) {
            return new Split(null, List.of(this));
        }
        VlanSet vlans = match.vlan() == null ? outermost() : outermost().and(match.vlan());
        TunnelSet tunnels = match.tunnel() == null ? tunnel : tunnel.and(match.tunnel());
        if (vlans.isEmpty() || tunnels == null) {
            return new Split(null, List.of(this));
        }
        Frame accepted = withOutermost(vlans).withTunnel(tunnels);
        return new Split(accepted, match.others().isEmpty() ? left(match, vlans) : List.of(this));
    }

    private List<Frame> left(FlowMatch match, VlanSet vlans) {
        List<Frame> left = new ArrayList<>(2);
        VlanSet otherVlans = outermost().without(vlans);
        if (!otherVlans.isEmpty()) {
            left.add(withOutermost(otherVlans));
        }
        Masked asked = match.tunnel();
        TunnelSet otherTunnels = asked == null ? null : tunnel.without(asked);
        if (otherTunnels != null) {
            left.add(withOutermost(vlans).withTunnel(otherTunnels));
        }
        return left;
    }

    Frame withOutermost(VlanSet vlans) {
        List<VlanSet> changed = new ArrayList<>(tags);
        if (changed.isEmpty()) {
            changed.add(vlans);
        } else {
            changed.set(0, vlans);
        }
        return new Frame(changed, tunnel, metadata);
    }

    Frame withTunnel(TunnelSet changed) {
        return changed.equals(tunnel) ? this : new Frame(tags, changed, metadata);
    }

    Frame withMetadata(long changed) {
        return new Frame(tags, tunnel, changed);
    }

    /** Returns the frame with one more tag, a copy of the outermost one. */
    Frame pushed() {
        List<VlanSet> more = new ArrayList<>(tags.size() + 2);
        Integer copied = outermost().single();
        more.add(copied != null ? VlanSet.of(copied) : VlanSet.ANY.without(VlanSet.ANY.and(UNTAGGED)));
        if (tags.isEmpty()) {
            more.add(VlanSet.ANY);
        }
        more.addAll(tags);
        return new Frame(more, tunnel, metadata);
    }

    private static final Masked UNTAGGED = new Masked(0, FlowMatch.WHOLE_VLAN);

    /** Returns the frame with one tag less; if it may have had none, its outermost tag is unknown. */
    Frame popped() {
        return tags.isEmpty() || outermost().mayBeUntagged()
                ? new Frame(List.of(), tunnel, metadata)
                : new Frame(tags.subList(1, tags.size()), tunnel, metadata);
    }

    /** Returns the frame as it comes out of a cable. */
    Frame crossing(boolean inTunnel) {
        return new Frame(tags, inTunnel ? tunnel : TunnelSet.NONE, 0);
    }

    /** Returns the label that separates the frame from others on a cable; null: none is known. */
    @Nullable Label label(boolean inTunnel) {
        if (inTunnel) {
            Long id = tunnel.single();
            return id != null && id >= 1 && id <= Label.LabelKind.VNI.max()
                    ? new Label(Label.LabelKind.VNI, Math.toIntExact(id))
                    : null;
        }
        Integer vlan = outermost().single();
        return vlan != null && vlan >= 1 && vlan <= Label.LabelKind.VLAN.max()
                ? new Label(Label.LabelKind.VLAN, vlan)
                : null;
    }
}
