package io.vlink.events;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The words that are known of a text for programs. Those stay, and more may come, so readers take others too; part of the
 * published schema, which names them and does not insist on them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Known {

    /** The enumerations whose names they are. */
    Class<? extends Enum<?>>[] value();
}
