package io.vlink.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * Actions forbidden in the functional core of a module: a decision depends only on its inputs, so a test can repeat it.
 * Used as {@code noClasses().that()….should(…)}, since each module has other packages in its core.
 */
public final class PureCode {

    public static final ArchCondition<JavaClass> READ_A_CLOCK = dependOnClassesThat(belongToAnyOf(Clock.class))
            .or(callMethodWhere(describe("the time is read", PureCode::readsTheTime)))
            .as("read a clock");

    public static final ArchCondition<JavaClass> HAVE_IO_THREADS_OR_CLOCKS = READ_A_CLOCK
            .or(dependOnClassesThat(belongToAnyOf(Thread.class).or(resideInAnyPackage("java.util.concurrent.."))))
            .or(dependOnClassesThat(resideInAnyPackage("java.io..", "java.net..", "java.nio..")
                    .and(not(belongToAnyOf(StandardCharsets.class)))))
            .as("have I/O, threads or clocks");

    private PureCode() {}

    private static boolean readsTheTime(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        return switch (call.getName()) {
            case "now" -> owner.getPackageName().equals("java.time");
            case "currentTimeMillis", "nanoTime" -> owner.isEquivalentTo(System.class);
            default -> false;
        };
    }
}
