package io.vlink.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** The rules for all modules. */
public final class CodeRules {

    @ArchTest
    public static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = noClasses()
            .should()
            .haveNameMatching(".*[.$](\\w*(Impl|Manager|Utils?|Helper|Common|Base)|Abstract\\w*|I[A-Z][a-z]\\w*)")
            .because("these words fit any class");

    @ArchTest
    public static final ArchRule PACKAGES_HAVE_NO_CYCLES = slices().matching("io.vlink.(**)")
            .should()
            .beFreeOfCycles()
            .because("packages in a cycle can only be understood and changed together");

    @ArchTest
    public static final ArchRule PACKAGES_ARE_NULL_MARKED =
            classes().should(resideInANullMarkedPackage()).because("NullAway ignores code outside of @NullMarked");

    @ArchTest
    public static final ArchRule BEANS_ARE_MADE_BY_CONSTRUCTORS = noFields()
            .should(BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION)
            .orShould()
            .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
            .because("a test can make a bean without a container only if its constructor takes all it needs");

    /** In health, LogFields adds fields to log records, and Flood counts them; both work inside the log manager. */
    @ArchTest
    public static final ArchRule LOGS_GO_THROUGH_A_FACADE = noClasses()
            .that(not(nameMatching("io\\.vlink\\.health\\.(LogFields|Flood)(\\$.*)?")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..")
            .because("java.util.logging names levels unlike the documents and has no TRACE");

    @ArchTest
    public static final ArchRule ONLY_MAIN_PRINTS = noClasses()
            .that(not(simpleName("Main")))
            .should(ACCESS_STANDARD_STREAMS)
            .because("services log, and only the entry point of a command writes to its terminal");

    private CodeRules() {}

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package that is @NullMarked") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean marked = item.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                events.add(new SimpleConditionEvent(
                        item, marked, "%s: the package is not @NullMarked".formatted(item.getName())));
            }
        };
    }
}
