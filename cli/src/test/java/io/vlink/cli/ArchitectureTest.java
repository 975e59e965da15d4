package io.vlink.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.vlink.architecture.CodeRules;
import io.vlink.architecture.PureCode;

@AnalyzeClasses(packages = "io.vlink.cli", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchTests RULES_FOR_ALL_CODE = ArchTests.in(CodeRules.class);

    @ArchTest
    static final ArchRule THE_CORE_IS_PURE =
            noClasses().that().resideInAPackage("..drawing..").should(PureCode.HAVE_IO_THREADS_OR_CLOCKS);

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
}
