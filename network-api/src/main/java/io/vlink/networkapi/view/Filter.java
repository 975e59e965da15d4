package io.vlink.networkapi.view;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects changes.
 *
 * @param kinds only these kinds
 * @param overlay only this overlay; null: any, and switches
 * @param namespace only networks in this namespace; null: any
 * @param network only networks of this name; null: any
 */
public record Filter(
        Set<ChangeKind> kinds,
        @Nullable String overlay,
        @Nullable String namespace,
        @Nullable String network) {

    public Filter {
        kinds = Set.copyOf(kinds);
    }

    /** Returns whether any change of a kind can pass. */
    public boolean allows(ChangeKind kind) {
        return kinds.contains(kind)
                && switch (kind.scope()) {
                    case NETWORK -> true;
                    case OVERLAY -> namespace == null && network == null;
                    case SWITCH -> overlay == null && namespace == null && network == null;
                };
    }

    public boolean allows(ChangeKind kind, String key) {
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
