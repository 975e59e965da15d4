package io.vlink.events.switches;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vlink.events.DatapathId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One switch as its gateway sees it. Key: datapath id.
 *
 * @param epoch the writer's mastership (OpenFlow generation id); readers drop a lower one than they hold
 * @param state whether rules can be sent
 * @param reason why it is disconnected or refused, for people, and what would mend it; absent when connected
 * @param gateway name of the gateway instance that is or was its master
 * @param address where it connected from, as {@code address:port}
 * @param openflow negotiated version, such as {@code 1.4}
 * @param description the switch's own words, such as {@code Nicira, Inc. Open vSwitch 3.1.0}
 * @param checked whether fail mode and in-band control could be checked (over OVSDB), and were found safe
 * @param since when it came to be in this state
 * @param warnings what an operator should look at though rules can be sent; absent: nothing
 * @param heardAt when its gateway last heard anything of it, while it is disconnected; absent where that is not known
 */
public record Switch(
        DatapathId id,
        long epoch,
        State state,
        @Nullable String reason,
        String gateway,
        @Nullable String address,
        @Nullable String openflow,
        @Nullable String description,
        boolean checked,
        Instant since,
        @Nullable List<SwitchWarning> warnings,
        @Nullable Instant heardAt) {

    /** Where it stands. */
    public static final TypedTopic<DatapathId, Switch> TOPIC =
            new TypedTopic<>(Topic.SWITCHES, Switch.class, DatapathId::of, Switch::id);

    public Switch {
        warnings = warnings == null || warnings.isEmpty() ? null : List.copyOf(warnings);
    }

    /** One of which nothing is to be warned. */
    public Switch(
            DatapathId id,
            long epoch,
            State state,
            @Nullable String reason,
            String gateway,
            @Nullable String address,
            @Nullable String openflow,
            @Nullable String description,
            boolean checked,
            Instant since) {
        this(id, epoch, state, reason, gateway, address, openflow, description, checked, since, null);
    }

    /** One that is connected, or of which it is not known when it was last heard. */
    public Switch(
            DatapathId id,
            long epoch,
            State state,
            @Nullable String reason,
            String gateway,
            @Nullable String address,
            @Nullable String openflow,
            @Nullable String description,
            boolean checked,
            Instant since,
            @Nullable List<SwitchWarning> warnings) {
        this(id, epoch, state, reason, gateway, address, openflow, description, checked, since, warnings, null);
    }

    /** What an operator should look at; empty where there is nothing. */
    public List<SwitchWarning> allWarnings() {
        return warnings == null ? List.of() : warnings;
    }

    /** Whether rules can be sent. */
    public enum State {
        @JsonProperty("connected")
        CONNECTED,
        @JsonProperty("disconnected")
        DISCONNECTED,
        @JsonProperty("refused")
        REFUSED
    }
}
