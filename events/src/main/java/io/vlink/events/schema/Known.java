package io.vlink.events.schema;

import io.vlink.events.text.Word;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The known words of a text for programs. Words are never removed, but more may come, so readers accept unknown ones.
 * Part of the published schema, which lists the words as examples without enforcing them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Known {

    /** The enumerations that define the words. */
    Class<? extends Word>[] value();
}
