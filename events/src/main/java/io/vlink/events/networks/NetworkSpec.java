package io.vlink.events.networks;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A user's declaration of a network; {@code type} states what it joins. */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        include = JsonTypeInfo.As.EXISTING_PROPERTY,
        property = "type",
        visible = true)
@JsonSubTypes(@JsonSubTypes.Type(value = Vlink.class, name = "vlink"))
public sealed interface NetworkSpec permits Vlink {

    /** The type of the network. */
    NetworkType type();
}
