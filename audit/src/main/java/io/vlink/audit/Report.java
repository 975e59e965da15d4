package io.vlink.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.audit.differences.Difference;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.log.EventJson;
import java.util.List;

/** Writes findings as lines for people and as JSON for programs. */
public final class Report {

    private Report() {}

    /** Returns a line for each difference: its kind, owner and description. */
    public static String lines(List<Difference> differences) {
        StringBuilder text = new StringBuilder();
        for (Difference difference : differences) {
            text.append("%-13s ".formatted(difference.kind()));
            if (difference.owner() != null) {
                text.append(difference.owner()).append(": ");
            }
            text.append(difference.words()).append('\n');
        }
        return text.toString();
    }

    static String lines(Audit.AuditResult findings) {
        return lines(findings.differences());
    }

    static String json(Audit.AuditResult findings) {
        ObjectNode json = EventJson.mapper()
                .createObjectNode()
                .put("networks", findings.networks())
                .put("switches", findings.switches())
                .put("rules", findings.rules());
        ArrayNode differences = json.putArray("differences");
        for (Difference difference : findings.differences()) {
            ObjectNode one =
                    differences.addObject().put("kind", difference.kind().word());
            switch (difference.owner()) {
                case NetworkId network -> one.put("network", network.toString());
                case LinkPort link -> one.put("link", link.toString());
                case null -> {}
            }
            if (difference.datapathId() != null) {
                one.put("datapathId", difference.datapathId().toString());
            }
            one.put("words", difference.words());
        }
        return json.toPrettyString() + "\n";
    }
}
