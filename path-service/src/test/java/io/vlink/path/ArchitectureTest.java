package io.vlink.path;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.vlink.path", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_TOPOLOGY_IS_PURE = classes()
            .that()
            .resideInAPackage("io.vlink.path.topology")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "io.vlink.events..", "io.vlink.path.topology");

    @ArchTest
    static final ArchRule DECIDING_IS_PURE = classes()
            .that()
            .resideInAnyPackage("io.vlink.path.decision", "io.vlink.path.planning", "io.vlink.path.allocation")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "io.vlink.events..",
                    "io.vlink.path.topology",
                    "io.vlink.path.allocation",
                    "io.vlink.path.planning",
                    "io.vlink.path.decision");

    @ArchTest
    static final ArchRule EACH_LAYER_KNOWS_ONLY_THOSE_BELOW = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("messaging")
            .definedBy("io.vlink.path.messaging")
            .layer("decision")
            .definedBy("io.vlink.path.decision")
            .layer("planning")
            .definedBy("io.vlink.path.planning")
            .layer("allocation")
            .definedBy("io.vlink.path.allocation")
            .layer("topology")
            .definedBy("io.vlink.path.topology")
            .whereLayer("messaging")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("decision")
            .mayOnlyBeAccessedByLayers("messaging")
            .whereLayer("planning")
            .mayOnlyBeAccessedByLayers("messaging", "decision")
            .whereLayer("allocation")
            .mayOnlyBeAccessedByLayers("messaging", "decision", "planning");

    @ArchTest
    static final ArchRule DECIDING_HAS_NO_CLOCK_AND_NO_THREADS = noClasses()
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
            slices().matching("io.vlink.path.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Util|Utils|Helper|\\.I[A-Z][a-z]\\w*)");
}
