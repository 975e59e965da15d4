package io.vlink.path;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.vlink.architecture.CodeRules;
import io.vlink.architecture.PureCode;
import io.vlink.architecture.ServiceRules;

@AnalyzeClasses(packages = "io.vlink.path", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchTests RULES_FOR_ALL_CODE = ArchTests.in(CodeRules.class);

    @ArchTest
    static final ArchTests RULES_FOR_ALL_SERVICES = ArchTests.in(ServiceRules.class);

    @ArchTest
    static final ArchRule THE_CORE_IS_PURE =
            noClasses().that().resideOutsideOfPackage("..messaging..").should(PureCode.HAVE_IO_THREADS_OR_CLOCKS);

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
}
