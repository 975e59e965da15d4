package io.vlink.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** The header of a record that was forwarded to another partition: the place where its producer wrote it. */
final class Forwarding {

    static final String HEADER = "vlink-forwarded-from";

    private static final Pattern PLACE = Pattern.compile("([0-9]{1,9})@([0-9]{1,18})");

    private Forwarding() {}

    static List<Header> from(Entry.PartitionOffset place) {
        String text = place.partition() + "@" + place.offset();
        return List.of(new RecordHeader(HEADER, text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Returns null if the record was not forwarded, or the header has foreign content. */
    static Entry.@Nullable PartitionOffset of(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        if (header == null || header.value() == null) {
            return null;
        }
        Matcher place = PLACE.matcher(new String(header.value(), StandardCharsets.US_ASCII));
        return place.matches()
                ? new Entry.PartitionOffset(Integer.parseInt(place.group(1)), Long.parseLong(place.group(2)))
                : null;
    }
}
