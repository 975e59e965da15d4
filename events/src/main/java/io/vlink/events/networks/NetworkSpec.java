package io.vlink.events.networks;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a user declares of a network; {@code type} tells what it joins. */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        include = JsonTypeInfo.As.EXISTING_PROPERTY,
        property = "type",
        visible = true)
@JsonSubTypes(@JsonSubTypes.Type(value = Vlink.class, name = "vlink"))
public sealed interface NetworkSpec permits Vlink {

    /** What it joins. */
    NetworkType type();
}
