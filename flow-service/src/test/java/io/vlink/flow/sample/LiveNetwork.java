package io.vlink.flow.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.paths.Circuit;
import io.vlink.events.statuses.Phase;

/** The guide's network, live: every switch has confirmed its rules. */
public final class LiveNetwork {

    public static final Circuit GUIDE = Sample.guide();

    /** The guide's network after an edit: a-b-e and back. */
    public static final Circuit EDITED = Sample.circuit(2, 2, "abe", "eba", null);

    private LiveNetwork() {}

    public static Replay live() {
        Replay replay =
                new Replay().decide(Sample.decision(1, 3).admitted(GUIDE)).applyAll();
        assertThat(replay.status().phase()).isEqualTo(Phase.READY);
        replay.dropWritten();
        return replay;
    }
}
