package io.vlink.flow.ledger;

/**
 * How far a live network has come on its way from one circuit to the next, made before broken.
 *
 * <pre>
 *   {@link #PREPARE}  the old as it is + what of the new turns nothing    frames take the old
 *   {@link #TURN}     all of the new + what of the old turns nothing      frames take either, and both are whole
 *   {@link #CLEAR}    only the new                                        frames take the new
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

    /** The stage that a revision names. Revisions count further than there are stages: then it is the last. */
    static Stage of(int number) {
        return ALL[Math.min(number, CLEAR.number)];
    }

    /** As revisions name it. */
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

    /** The one behind it; the last is its own. */
    Stage next() {
        return of(number + 1);
    }
}
