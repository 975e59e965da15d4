package io.vlink.flow.ledger;

/**
 * How far a live network has come on its way from one circuit to the next, made before broken.
 *
 * <pre>
 *   {@link #PREPARE}  the old as it is + the rest of the new    frames take the old
 *   {@link #TURN}     all of the new + the rest of the old      frames take either, and both are whole
 *   {@link #CLEAR}    only the new                              frames take the new
 * </pre>
 *
 * Behind each of the first two, once confirmed, the datapath caches of the switches are left time to follow.
 */
public enum Stage {
    /** The new path is prepared. */
    PREPARE(0),
    /** Traffic is turned to it. */
    TURN(1),
    /** It is all there is. */
    CLEAR(2);

    private static final Stage[] ALL = values();

    private final int number;

    Stage(int number) {
        this.number = number;
    }

    /** Returns the stage that a revision names; the last one for any larger number. */
    static Stage of(int number) {
        return ALL[Math.min(number, CLEAR.number)];
    }

    /** Its number in revisions. */
    public int number() {
        return number;
    }

    /** Whether frames that enter take the new path, once that is applied. */
    public boolean isTurned() {
        return this != PREPARE;
    }

    /** Whether nothing but the new path is wanted. */
    public boolean isLast() {
        return this == CLEAR;
    }

    /** Returns the stage that follows; the last one follows itself. */
    Stage next() {
        return of(number + 1);
    }
}
