package io.vlink.log;

import io.vlink.events.DatapathId;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Maps records to partition numbers. */
public final class Partitions {

    private Partitions() {}

    /** Returns the partition number of all records of an overlay. */
    public static int of(String overlay, int count) {
        return Utils.toPositive(Utils.murmur2(overlay.getBytes(StandardCharsets.UTF_8))) % count;
    }

    /** Returns the partition number of all records of a switch. */
    public static int of(DatapathId datapathId, int count) {
        return of(datapathId.toString(), count);
    }
}
