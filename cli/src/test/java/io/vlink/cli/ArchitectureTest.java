package io.vlink.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.vlink.cli", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule DEPENDS_ON_NO_SERVICE = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.net.ssl..",
                    "com.sun.net.httpserver..",
                    "org.jspecify..",
                    "picocli..",
                    "com.fasterxml.jackson..",
                    "org.yaml.snakeyaml..",
                    "io.vlink.cli..");

    @ArchTest
    static final ArchRule ONLY_API_OPENS_CONNECTIONS = noClasses()
            .that()
            .resideOutsideOfPackage("..api..")
            .and()
            .doNotHaveFullyQualifiedName("io.vlink.cli.StartupTraining")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.HttpURLConnection");

    @ArchTest
    static final ArchRule DRAWINGS_ARE_PURE = classes()
            .that()
            .resideInAPackage("..drawing..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..",
                    "java.util..",
                    "java.math..",
                    "java.time..",
                    "org.jspecify..",
                    "com.fasterxml.jackson.databind..",
                    "io.vlink.cli.kinds..",
                    "io.vlink.cli.drawing..");

    @ArchTest
    static final ArchRule ONLY_COMMANDS_KNOW_PICOCLI = noClasses()
            .that()
            .resideOutsideOfPackage("io.vlink.cli")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.vlink.cli.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Util|Utils|Helper)")
            .orShould()
            .haveSimpleNameStartingWith("Abstract");
}
