package io.vlink.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vlink.log.EventJson;
import java.util.List;

/** Findings for people and for programs. */
public final class Report {

    private Report() {}

    /** A line for each difference: its kind, the network, and what it is. */
    public static String lines(List<Difference> differences) {
        StringBuilder text = new StringBuilder();
        for (Difference difference : differences) {
            text.append("%-13s ".formatted(difference.kind()));
            if (difference.network() != null) {
                text.append(difference.network()).append(": ");
            }
            text.append(difference.words()).append('\n');
        }
        return text.toString();
    }

    static String lines(Audit.Findings findings) {
        return lines(findings.differences());
    }

    static String json(Audit.Findings findings) {
        ObjectNode json = EventJson.mapper()
                .createObjectNode()
                .put("networks", findings.networks())
                .put("switches", findings.switches())
                .put("rules", findings.rules());
        ArrayNode differences = json.putArray("differences");
        for (Difference difference : findings.differences()) {
            ObjectNode one =
                    differences.addObject().put("kind", difference.kind().name());
            if (difference.network() != null) {
                one.put("network", difference.network().toString());
            }
            if (difference.datapathId() != null) {
                one.put("datapathId", difference.datapathId().toString());
            }
            one.put("words", difference.words());
        }
        return json.toPrettyString() + "\n";
    }
}
