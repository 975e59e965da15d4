package io.vlink.log;

import io.vlink.events.DatapathId;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Which partition number a record belongs to. */
public final class Partitions {

    private Partitions() {}

    /** The partition number of everything that belongs to an overlay. */
    public static int of(String overlay, int count) {
        return Utils.toPositive(Utils.murmur2(overlay.getBytes(StandardCharsets.UTF_8))) % count;
    }

    /** The partition number of everything that belongs to a switch. */
    public static int of(DatapathId datapathId, int count) {
        return of(datapathId.toString(), count);
    }
}
