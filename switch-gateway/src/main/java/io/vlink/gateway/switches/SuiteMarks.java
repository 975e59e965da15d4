package io.vlink.gateway.switches;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * By which marks switches of one suite are known. The mark says what Kafka's data is, and by which generation of internal shapes
 * ({@link io.vlink.events.Topic#generation}) it is told in switches: so a build that cannot read what a later one recorded takes
 * its switches for another's, and touches nothing, while the later one knows those of earlier builds as its own.
 *
 * @param own that of the generation that is written
 * @param known those of the others that this build reads, of the same data
 * @param newer those of the next builds to come
 * @param generation that which is written
 */
public record SuiteMarks(String own, List<String> known, List<String> newer, int generation) {

    private static final int MARK_BYTES = 8;
    /** How many generations ahead are told from strangers. */
    private static final int AHEAD = 16;

    public SuiteMarks {
        known = List.copyOf(known);
        newer = List.copyOf(newer);
    }

    /**
     * Those of a suite.
     *
     * @param data its id, 16 hex digits; also its mark in generation 0, as before there were generations
     * @param generation that in whose shapes its internal records are written
     * @param newest the last that this build reads. A gateway that has not heard yet that the suite was finalised may be given a
     *     switch by one that has
     */
    public static SuiteMarks of(String data, int generation, int newest) {
        return new SuiteMarks(
                mark(data, generation),
                IntStream.rangeClosed(0, newest)
                        .filter(other -> other != generation)
                        .mapToObj(other -> mark(data, other))
                        .toList(),
                IntStream.rangeClosed(newest + 1, newest + AHEAD)
                        .mapToObj(newer -> mark(data, newer))
                        .toList(),
                generation);
    }

    /** Whether a switch with this mark is ours to write to. */
    boolean isOurs(String mark) {
        return mark.equals(own) || known.contains(mark);
    }

    private static String mark(String data, int generation) {
        if (generation == 0) {
            return data;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest("%s generation %d".formatted(data, generation).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, MARK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
