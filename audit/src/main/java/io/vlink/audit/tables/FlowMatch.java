package io.vlink.audit.tables;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames that a rule matches.
 *
 * @param inPort the port at which they enter; absent: any
 * @param vlan the outermost tag: the VLAN id and the bit {@link #TAGGED}; 0 if there is no tag
 * @param tunnel the tunnel id; 0 outside tunnels
 * @param metadata as an earlier table wrote it
 * @param others further conditions, in words; which frames fulfil them is unknown
 */
public record FlowMatch(
        @Nullable Long inPort,
        @Nullable Masked vlan,
        @Nullable Masked tunnel,
        @Nullable Masked metadata,
        List<String> others) {

    /** The bit that is set if there is a tag (OFPVID_PRESENT). */
    public static final int TAGGED = 0x1000;
    /** All bits of {@link #vlan()}. */
    public static final int WHOLE_VLAN = 0x1fff;

    public FlowMatch {
        others = List.copyOf(others);
    }

    /** Returns the only VLAN id that can match; null: several can. */
    public @Nullable Integer vlanId() {
        return vlan != null && vlan.mask() == WHOLE_VLAN && (vlan.value() & TAGGED) != 0
                ? (int) vlan.value() & ~TAGGED
                : null;
    }

    /** Returns the only tunnel id that can match; null: several can. */
    public @Nullable Long tunnelId() {
        return tunnel != null && tunnel.mask() == -1 ? tunnel.value() : null;
    }

    /** Returns the match in the notation of {@code ovs-ofctl}. */
    public String text() {
        List<String> words = new ArrayList<>();
        if (inPort != null) {
            words.add("in_port=" + inPort);
        }
        if (vlan != null) {
            words.add(vlanId() == null ? "vlan_vid=" + vlan.text(WHOLE_VLAN) : "dl_vlan=" + vlanId());
        }
        if (tunnel != null) {
            words.add("tun_id=" + tunnel.text(-1));
        }
        if (metadata != null) {
            words.add("metadata=" + metadata.text(-1));
        }
        words.addAll(others);
        return String.join(",", words);
    }
}
