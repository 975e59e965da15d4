package io.vlink.events.contract;

import io.vlink.events.links.LinkStateReason;
import io.vlink.events.paths.AttachmentReason;
import io.vlink.events.paths.ImpairmentReason;
import io.vlink.events.reasons.Reason;
import io.vlink.events.reasons.RefusalReason;
import io.vlink.events.reasons.RequestReason;
import io.vlink.events.rules.RuleStateReason;
import io.vlink.events.services.CaveatReason;
import io.vlink.events.statuses.ConditionReason;
import io.vlink.events.switches.HindranceReason;
import io.vlink.events.switches.WarningReason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code docs/reasons.md}: every reason in Vlink and its meaning, from the Javadoc of the enumerations. */
final class ReasonsPage {

    /** In the order in which a request meets them. */
    static final List<Class<? extends Reason>> ALL = List.of(
            RequestReason.class,
            RefusalReason.class,
            AttachmentReason.class,
            ImpairmentReason.class,
            RuleStateReason.class,
            ConditionReason.class,
            CaveatReason.class,
            LinkStateReason.class,
            HindranceReason.class,
            WarningReason.class);

    private static final String HEAD = """
        # Reasons

        Vlink states a reason twice: in words for people (`message`), and as one word for programs (`reason`). Words for people may change; a reason never does. \
        More reasons may come: treat an unknown one as such.

        Generated from the enumerations in [events/](../events/src/main/java/io/vlink/events) by `mvn test -pl events -am -Dtest=ContractTest -Dcontract=write`; a test fails where they differ.
        """;

    private ReasonsPage() {}

    static String text(Javadocs docs) {
        StringBuilder page = new StringBuilder(HEAD);
        for (Class<? extends Reason> reasons : ALL) {
            page.append("\n## ").append(reasons.getSimpleName()).append("\n\n");
            page.append(said(docs.of(reasons), reasons)).append("\n\n| reason | |\n|---|---|\n");
            for (Reason reason : reasons.getEnumConstants()) {
                page.append("| `%s` | %s%s |\n"
                        .formatted(
                                reason.word(),
                                said(docs.of(reasons, ((Enum<?>) reason).name()), reason),
                                reason instanceof ImpairmentReason of
                                        ? " Effect: "
                                                + of.effect()
                                                        .name()
                                                        .toLowerCase(Locale.ROOT)
                                                        .replace('_', ' ') + "."
                                        : ""));
            }
        }
        return page.toString();
    }

    private static String said(Optional<String> javadoc, Object of) {
        return javadoc.orElseThrow(() -> new IllegalStateException("%s has no Javadoc.".formatted(of)));
    }
}
