package io.vlink.gateway.switches.possession;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The marks that identify the switches of one suite. A mark is made of the id of Kafka's data and the schema generation
 * ({@link io.vlink.events.Topic#generation}). A build that cannot read what a later one recorded therefore takes its
 * switches for another suite's and changes nothing in them. The later build recognises those of earlier builds as its
 * own.
 *
 * @param own the mark of the generation that is written
 * @param known the marks of the other generations that this build reads, of the same data
 * @param newer the marks of the next generations, which this build cannot read
 * @param generation the schema generation that is written
 */
public record SuiteMarks(String own, List<String> known, List<String> newer, int generation) {

    private static final int MARK_BYTES = 8;
    /** The number of later generations that are recognised. */
    private static final int AHEAD = 16;

    public SuiteMarks {
        known = List.copyOf(known);
        newer = List.copyOf(newer);
    }

    /**
     * Creates the marks of a suite.
     *
     * @param data the suite's id, 16 hex digits; also its mark in generation 0, as before there were generations
     * @param generation the generation in which its internal records are written
     * @param newest the last generation that this build reads. A gateway that has not yet heard that the suite was
     *     finalised may take over a switch from one that has
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

    /** Returns whether a switch with this mark belongs to this suite and may be written to. */
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
