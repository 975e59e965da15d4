package io.vlink.operator.overlay;

import io.vlink.events.DatapathId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The default names of a node's switch and tunnels, as in L2S-M. Pure. */
final class SwitchNames {

    private static final String SALT = "l2sm-controller";
    private static final int BRIDGE_BYTES = 4;
    private static final int DATAPATH_BYTES = 8;
    private static final int TUNNEL_BYTES = 5;

    private SwitchNames() {}

    static String bridge(String node) {
        return "br-" + digest(node + SALT, BRIDGE_BYTES);
    }

    static DatapathId datapathId(String node) {
        return DatapathId.of(digest(bridge(node), DATAPATH_BYTES));
    }

    /** Returns the port name of the tunnel to another node: at most 15 characters, as an interface name must have. */
    static String tunnel(String otherNode) {
        return "vx-" + digest(otherNode, TUNNEL_BYTES);
    }

    private static String digest(String text, int bytes) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(whole, bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
