package io.vlink.events;

import io.vlink.events.schema.Between;

/**
 * The version of a network's record. Readers drop a record whose revision is lower than the one they hold, and treat
 * two records of the same revision as identical. So a writer that was paused and resumes late changes nothing.
 *
 * @param generation counts the user's changes; continues through deletion and re-creation
 * @param step counts path-service's decisions across all generations; only path-service, which is fenced, raises it
 * @param stage counts flow-service's stages within one decision
 */
public record Revision(
        @Between(min = 0) long generation,
        @Between(min = 0) long step,
        @Between(min = 0) int stage) implements Comparable<Revision> {

    public Revision {
        if (generation < 0 || step < 0 || stage < 0) {
            throw new IllegalArgumentException(
                    "The revision (%d, %d, %d) must have no negative part.".formatted(generation, step, stage));
        }
    }

    public Revision withStage(int next) {
        return new Revision(generation, step, next);
    }

    /** Returns the revision of the next stage. The largest stage has no next one and is returned unchanged. */
    public Revision nextStage() {
        return withStage(stage == Integer.MAX_VALUE ? stage : stage + 1);
    }

    /** Whether both realise the same decision of path-service, at any stage. */
    public boolean sameDecision(Revision other) {
        return generation == other.generation && step == other.step;
    }

    /** Whether it realises a later decision of path-service than another, at any stage. */
    public boolean isOfLaterDecision(Revision other) {
        return generation == other.generation ? step > other.step : generation > other.generation;
    }

    @Override
    public int compareTo(Revision other) {
        int byGeneration = Long.compare(generation, other.generation);
        if (byGeneration != 0) {
            return byGeneration;
        }
        int byStep = Long.compare(step, other.step);
        return byStep != 0 ? byStep : Integer.compare(stage, other.stage);
    }
}
