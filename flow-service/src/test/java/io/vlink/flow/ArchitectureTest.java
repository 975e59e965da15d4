package io.vlink.flow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.vlink.flow", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule COMPILING_IS_PURE = classes()
            .that()
            .resideInAPackage("io.vlink.flow.compile")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "io.vlink.events..", "io.vlink.flow.compile");

    @ArchTest
    static final ArchRule THE_LEDGER_IS_PURE = classes()
            .that()
            .resideInAPackage("io.vlink.flow.ledger")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.jspecify..", "io.vlink.events..", "io.vlink.flow.compile", "io.vlink.flow.ledger");

    @ArchTest
    static final ArchRule THE_STATUS_IS_PURE = classes()
            .that()
            .resideInAPackage("io.vlink.flow.status")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.jspecify..", "io.vlink.events..", "io.vlink.flow.ledger", "io.vlink.flow.status");

    @ArchTest
    static final ArchRule PURE_MEANS_NO_CLOCK_NO_THREADS_NO_FILES = noClasses()
            .that()
            .resideOutsideOfPackage("..messaging..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(java.time.Clock.class, Thread.class)
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.concurrent..", "java.io..", "java.net..", "java.nio..");

    @ArchTest
    static final ArchRule ONLY_MESSAGING_KNOWS_KAFKA = noClasses()
            .that()
            .resideOutsideOfPackage("..messaging..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vlink.log..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.vlink.flow.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Util|Utils|Helper|\\.I[A-Z][a-z]\\w*)");
}
