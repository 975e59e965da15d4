package io.vlink.flow.ledger;

/**
 * The stages of moving a live network from one circuit to the next, make-before-break.
 *
 * <pre>
 *   {@link #PREPARE}      the old as it is + the rest of the new    frames take the old
 *   {@link #SWITCH_OVER}  all of the new + the rest of the old      frames take either; both are complete
 *   {@link #CLEAN_UP}     only the new                              frames take the new
 * </pre>
 *
 * After each of the first two is confirmed, the datapath caches of the switches get time to follow.
 */
public enum Stage {
    /** The new path is prepared. */
    PREPARE(0),
    /** Traffic is switched over to it. */
    SWITCH_OVER(1),
    /** Only the new path is left. */
    CLEAN_UP(2);

    private static final Stage[] ALL = values();

    private final int number;

    Stage(int number) {
        this.number = number;
    }

    /** Returns the stage that a revision names; the last one for any larger number. */
    static Stage of(int number) {
        return ALL[Math.min(number, CLEAN_UP.number)];
    }

    /** Returns its number in revisions. */
    public int number() {
        return number;
    }

    /** Returns whether entering frames take the new path, once the stage is applied. */
    public boolean isSwitchedOver() {
        return this != PREPARE;
    }

    /** Returns whether only the new path is wanted. */
    public boolean isLast() {
        return this == CLEAN_UP;
    }

    /** Returns the stage that follows; the last one follows itself. */
    Stage next() {
        return of(number + 1);
    }
}
