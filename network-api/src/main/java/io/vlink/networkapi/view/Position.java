package io.vlink.networkapi.view;

import io.vlink.events.text.Unicode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A reader's position: the next offset of each partition of each {@link ChangeKind}'s topic, and a time. Clients may keep its
 * text across upgrades, so a text of a build with other kinds can be read too. Used by one thread at a time.
 */
public final class Position {

    private static final int VERSION = 1;

    private final int partitions;
    /** Number of kinds, counted from the first, known to the build that wrote it. */
    private final int kinds;

    private final long[] next;
    private Instant at;

    /** Makes the position of a reader that has read nothing. */
    Position(int partitions, Instant at) {
        this(partitions, ChangeKind.values().length, new long[ChangeKind.values().length * partitions], at);
    }

    private Position(int partitions, int kinds, long[] next, Instant at) {
        this.partitions = partitions;
        this.kinds = kinds;
        this.next = next;
        this.at = at;
    }

    Position copy(Instant now) {
        return new Position(partitions, kinds, next.clone(), now);
    }

    /** Returns when it was written. */
    Instant at() {
        return at;
    }

    boolean hasSeen(Change change) {
        return change.isRecorded() && change.offset() < next[index(change)];
    }

    /** Moves past a change. */
    void pass(Change change, Instant now) {
        if (change.isRecorded()) {
            int index = index(change);
            next[index] = Math.max(next[index], change.offset() + 1);
        }
        at = now;
    }

    /** Returns whether this position includes all that the other includes. */
    boolean isNotBehind(Position other) {
        for (int i = 0; i < next.length; i++) {
            if (next[i] < other.next[i]) {
                return false;
            }
        }
        return true;
    }

    private int index(Change change) {
        return change.kind().place() * partitions + change.partition();
    }

    /** Returns the number of partitions that it covers. */
    int partitions() {
        return partitions;
    }

    /** Returns whether it covers all kinds. One written by an earlier build lacks newer kinds. */
    boolean countsAllKinds() {
        return kinds >= ChangeKind.values().length;
    }

    /**
     * Reads the text written by {@link #toString}, here or in a build with other kinds. Kinds missing from it count as
     * unread; kinds unknown here are ignored.
     *
     * @throws IllegalArgumentException if the text is not a position
     */
    public static Position of(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            int partitions = bytes.get() == VERSION ? (int) readNumber(bytes) : 0;
            Instant at = Instant.ofEpochSecond(readNumber(bytes));
            List<Long> counted = new ArrayList<>();
            while (bytes.hasRemaining()) {
                counted.add(readNumber(bytes));
            }
            if (partitions < 1 || counted.isEmpty() || counted.size() % partitions != 0) {
                throw new IllegalArgumentException("The position does not cover all partitions.");
            }
            long[] next = new long[ChangeKind.values().length * partitions];
            for (int i = 0; i < Math.min(next.length, counted.size()); i++) {
                next[i] = counted.get(i);
            }
            return new Position(partitions, counted.size() / partitions, next, at);
        } catch (BufferUnderflowException | DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The position (%s) is not the id of an event.".formatted(shortened(text)), e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : Unicode.beginning(text, 40) + "...";
    }

    /** Returns one word, to use as an event's id. */
    @Override
    public String toString() {
        ByteBuffer bytes = ByteBuffer.allocate(10 * (next.length + 2) + 1);
        bytes.put((byte) VERSION);
        write(bytes, partitions);
        write(bytes, at.getEpochSecond());
        Arrays.stream(next).forEach(number -> write(bytes, number));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes.array(), bytes.position()));
    }

    /** Writes seven bits per byte, lowest first; the eighth bit marks that more follow. */
    private static void write(ByteBuffer bytes, long number) {
        long rest = number;
        while (rest > 0x7f) {
            bytes.put((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    private static long readNumber(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte next = bytes.get();
            number |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("A number is too large.");
    }
}
