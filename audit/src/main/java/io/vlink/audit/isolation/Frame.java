package io.vlink.audit.isolation;

import io.vlink.audit.tables.FlowMatch;
import io.vlink.audit.tables.Masked;
import io.vlink.events.Label;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All frames that bear certain tags, whatever else is in them. Immutable.
 *
 * @param tags what each tag may be, the outermost first; of those further inside nothing is known
 * @param tunnel what the tunnel id may be
 * @param metadata as a table wrote it; 0 when a frame comes in
 */
record Frame(List<VlanSet> tags, TunnelSet tunnel, long metadata) {

    /** Whatever a workload may send. */
    static final Frame ANY = new Frame(List.of(), TunnelSet.NONE, 0);

    /** Whatever may come out of a tunnel. */
    static final Frame ANY_IN_TUNNEL = new Frame(List.of(), TunnelSet.ANY, 0);

    Frame {
        List<VlanSet> known = new ArrayList<>(tags);
        while (!known.isEmpty() && known.getLast().isAny()) {
            known.removeLast();
        }
        tags = List.copyOf(known);
    }

    /** What a match makes of frames: those that it may accept, and those that it may leave. */
    record Split(@Nullable Frame accepted, List<Frame> left) {}

    VlanSet outermost() {
        return tags.isEmpty() ? VlanSet.ANY : tags.getFirst();
    }

    /** Whether nothing is known of any tag: as the workload sent it. */
    boolean isAsSent() {
        return tags.isEmpty();
    }

    /** Applies a match; its port has been looked at already. */
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

    /** Has one tag more, a copy of the outermost one. */
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

    /** Has one tag less; where there may have been none, nothing is known of what is outermost then. */
    Frame popped() {
        return tags.isEmpty() || outermost().mayBeUntagged()
                ? new Frame(List.of(), tunnel, metadata)
                : new Frame(tags.subList(1, tags.size()), tunnel, metadata);
    }

    /** As it comes out of a cable. */
    Frame crossing(boolean inTunnel) {
        return new Frame(tags, inTunnel ? tunnel : TunnelSet.NONE, 0);
    }

    /** What keeps it apart on a cable; null: nothing that is known. */
    @Nullable Label label(boolean inTunnel) {
        if (inTunnel) {
            Long id = tunnel.single();
            return id != null && id >= 1 && id <= Label.Kind.VNI.max()
                    ? new Label(Label.Kind.VNI, Math.toIntExact(id))
                    : null;
        }
        Integer vlan = outermost().single();
        return vlan != null && vlan >= 1 && vlan <= Label.Kind.VLAN.max() ? new Label(Label.Kind.VLAN, vlan) : null;
    }
}
