package io.vlink.flow.status;

import io.vlink.events.rules.Shadow;
import io.vlink.events.statuses.Condition.Truth;
import io.vlink.events.statuses.ConditionReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds reasons why traffic may not pass although the switches of a path confirmed the rules. */
final class Doubts {

    private Doubts() {}

    /** Returns a certain reason before a possible one; null: there is none. */
    static @Nullable Finding of(List<SwitchView> crossed, long generation) {
        Finding shadowed = shadowed(crossed, generation);
        Finding silent = silent(crossed, generation);
        return shadowed == null || (silent != null && shadowed.truth() == Truth.UNKNOWN) ? silent : shadowed;
    }

    private static @Nullable Finding silent(List<SwitchView> crossed, long generation) {
        List<String> silent = new ArrayList<>();
        for (SwitchView each : crossed) {
            if (each.silentSince() != null) {
                silent.add("%s since %s".formatted(each.name(), each.silentSince()));
            }
        }
        return silent.isEmpty()
                ? null
                : new Finding(
                        Truth.UNKNOWN,
                        ConditionReason.NO_SIGN_OF_LIFE,
                        "Whether traffic passes is unknown: neither a gateway nor a neighbour has heard %s."
                                .formatted(String.join(", ", silent)),
                        generation);
    }

    private static @Nullable Finding shadowed(List<SwitchView> crossed, long generation) {
        Finding possible = null;
        for (SwitchView each : crossed) {
            Shadow shadow = each.shadow();
            if (shadow != null && shadow.certain()) {
                return Finding.no(ConditionReason.SHADOWED, inWords(each, shadow), generation);
            }
            if (shadow != null && possible == null) {
                possible = new Finding(
                        Truth.UNKNOWN, ConditionReason.POSSIBLY_SHADOWED, inWords(each, shadow), generation);
            }
        }
        return possible;
    }

    private static String inWords(SwitchView each, Shadow shadow) {
        return "On %s a rule that is not Vlink's, with priority %d in table %d, %s frames that enter by port %s%s: find it with \"%s\", and remove it or lower its priority."
                .formatted(
                        each.name(),
                        shadow.priority(),
                        shadow.standsIn().number(),
                        shadow.certain() ? "takes" : "cannot be read in full and may take",
                        shadow.port(),
                        shadow.since() == null ? "" : " since " + shadow.since(),
                        "ovs-ofctl dump-flows BRIDGE table=" + shadow.standsIn().number());
    }
}
