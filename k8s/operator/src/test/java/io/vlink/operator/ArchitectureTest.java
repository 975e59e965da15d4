package io.vlink.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.vlink.operator", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule ONLY_MESSAGING_KNOWS_KAFKA = noClasses()
            .that()
            .resideOutsideOfPackage("..messaging..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vlink.log..",
                    "org.apache.kafka..",
                    "org.eclipse.microprofile.reactive..",
                    "io.smallrye.reactive.messaging..");

    @ArchTest
    static final ArchRule PODS_AND_REQUESTS_ARE_PURE = classes()
            .that()
            .resideInAnyPackage("..pod..", "..request..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "com.fasterxml.jackson..",
                    "io.fabric8.kubernetes.api.model..",
                    "io.vlink.events..",
                    "io.vlink.operator.pod..",
                    "io.vlink.operator.request..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.vlink.operator.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Util|Utils|Helper)")
            .orShould()
            .haveSimpleNameStartingWith("Abstract");
}
