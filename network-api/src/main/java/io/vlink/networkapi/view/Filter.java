package io.vlink.networkapi.view;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which changes somebody wants to hear of.
 *
 * @param kinds of these kinds
 * @param overlay of this overlay only; absent: of any, and of switches
 * @param namespace of networks in this namespace only
 * @param network of networks of this name only
 */
public record Filter(
        Set<Kind> kinds,
        @Nullable String overlay,
        @Nullable String namespace,
        @Nullable String network) {

    public Filter {
        kinds = Set.copyOf(kinds);
    }

    /** Whether anything of a kind can pass. */
    public boolean allows(Kind kind) {
        return kinds.contains(kind)
                && switch (kind.scope()) {
                    case NETWORK -> true;
                    case OVERLAY -> namespace == null && network == null;
                    case SWITCH -> overlay == null && namespace == null && network == null;
                };
    }

    public boolean allows(Kind kind, String key) {
        if (!allows(kind)) {
            return false;
        }
        if (overlay == null && namespace == null && network == null) {
            return true;
        }
        String[] parts = key.split("/", -1);
        return isAt(parts, 0, overlay) && isAt(parts, 1, namespace) && isAt(parts, 2, network);
    }

    private static boolean isAt(String[] parts, int index, @Nullable String wanted) {
        return wanted == null || (parts.length > index && parts[index].equals(wanted));
    }
}
