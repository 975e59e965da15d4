package io.vlink.tests.suite;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Marks tests that measure, or that need much processor time: they run last, and nothing runs beside them. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Order(Integer.MAX_VALUE)
@ResourceLock(Undisturbed.PROCESSOR)
public @interface Undisturbed {

    /** The lock that these tests share with {@link BesideTheSuite those that run beside others}. */
    String PROCESSOR = "processor";
}
