package io.vlink.path.planning;

import java.util.Comparator;

/**
 * Tells how far a link meets a demand, or a path, whose worst link decides.
 *
 * @param amount of narrow links, the bandwidth that is free, in bit/s; of links that are down, how many there are, as a
 *     negative number; else 0
 */
record Grade(Level level, long amount) implements Comparable<Grade> {

    static final Grade ABSENT = new Grade(Level.ABSENT, 0);
    static final Grade DOWN = new Grade(Level.DOWN, -1);
    static final Grade UNLABELLED = new Grade(Level.UNLABELLED, 0);
    static final Grade USABLE = new Grade(Level.USABLE, 0);

    private static final Comparator<Grade> WORST_FIRST =
            Comparator.comparing(Grade::level).thenComparingLong(Grade::amount);

    /** The demand that is not met, from the worst on. */
    enum Level {
        /** The link is missing, or one of its nodes, or its opposite link if the path is to be mirrored. */
        ABSENT,
        /** It is down or in maintenance, or may not be crossed for another reason that concerns all networks. */
        DOWN,
        /** It has too little bandwidth free. */
        NARROW,
        /** It has no label free. */
        UNLABELLED,
        /** It meets the demand. */
        USABLE
    }

    static Grade narrow(long freeBits) {
        return new Grade(Level.NARROW, freeBits);
    }

    boolean isUsable() {
        return level == Level.USABLE;
    }

    /** Returns the grade of both together. */
    Grade and(Grade other) {
        if (level == Level.DOWN && other.level == Level.DOWN) {
            return new Grade(Level.DOWN, amount + other.amount);
        }
        return compareTo(other) <= 0 ? this : other;
    }

    @Override
    public int compareTo(Grade other) {
        return WORST_FIRST.compare(this, other);
    }
}
