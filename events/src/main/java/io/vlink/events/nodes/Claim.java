package io.vlink.events.nodes;

import io.vlink.events.DatapathId;
import io.vlink.events.Name;
import java.time.Instant;

/**
 * An overlay wants a switch to be its own. Key: {@code datapath id/overlay}. All claims to one switch stand in one partition,
 * and of those that stand there the first has it: so no two overlays ever give out labels on one switch. Deleted when the
 * overlay has no such node any more and none of its circuits crosses the switch, or when another claim was first.
 *
 * @param datapathId the switch
 * @param overlay who wants it
 * @param since when it was first claimed
 */
public record Claim(DatapathId datapathId, @Name String overlay, Instant since) {

    /** The key that this record is written under. */
    public String key() {
        return datapathId + "/" + overlay;
    }
}
