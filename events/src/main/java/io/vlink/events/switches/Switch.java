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
 * @param epoch the writer's mastership (OpenFlow generation id); readers drop a record whose epoch is lower than the
 *     one they hold
 * @param state whether rules can be sent
 * @param reason why it is disconnected or refused, for people, and how to mend it; absent when connected
 * @param gateway name of the gateway instance that is or was its master
 * @param address where it connected from, as {@code address:port}
 * @param openflow negotiated version, such as {@code 1.4}
 * @param description the switch's own words, such as {@code Nicira, Inc. Open vSwitch 3.1.0}
 * @param checked whether fail mode and in-band control could be checked (over OVSDB), and are safe
 * @param since when the present state began
 * @param warnings what an operator should look at although rules can be sent; absent: nothing
 * @param heardAt when its gateway last heard from it, while it is disconnected; absent where not known
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

    /** The topic of these records. */
    public static final TypedTopic<DatapathId, Switch> TOPIC =
            new TypedTopic<>(Topic.SWITCHES, Switch.class, DatapathId::of, Switch::id);

    public Switch {
        warnings = warnings == null || warnings.isEmpty() ? null : List.copyOf(warnings);
    }

    /** A switch without warnings. */
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

    /** A switch that is connected, or for which it is not known when it was last heard. */
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

    /** What an operator should look at; empty if nothing. */
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
