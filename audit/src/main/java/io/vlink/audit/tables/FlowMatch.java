package io.vlink.audit.tables;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which frames a rule is for.
 *
 * @param inPort absent: whatever port they came in at
 * @param vlan of the outermost tag: the VLAN id and the bit {@link #TAGGED}; all zero where there is no tag
 * @param tunnel the tunnel id; 0 outside tunnels
 * @param metadata as an earlier table wrote it
 * @param others what else is asked for, in words; nobody here can tell which frames fulfil that
 */
public record FlowMatch(
        @Nullable Long inPort,
        @Nullable Masked vlan,
        @Nullable Masked tunnel,
        @Nullable Masked metadata,
        List<String> others) {

    /** Says that there is a tag (OFPVID_PRESENT). */
    public static final int TAGGED = 0x1000;
    /** All bits of {@link #vlan()}. */
    public static final int WHOLE_VLAN = 0x1fff;

    public FlowMatch {
        others = List.copyOf(others);
    }

    /** A rule for one VLAN id alone, whatever else it asks for; null: for more. */
    public @Nullable Integer vlanId() {
        return vlan != null && vlan.mask() == WHOLE_VLAN && (vlan.value() & TAGGED) != 0
                ? (int) vlan.value() & ~TAGGED
                : null;
    }

    /** A rule for one tunnel id alone; null: for more. */
    public @Nullable Long tunnelId() {
        return tunnel != null && tunnel.mask() == -1 ? tunnel.value() : null;
    }

    /** In the notation of {@code ovs-ofctl}. */
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
