package io.vlink.flow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.vlink.architecture.CodeRules;
import io.vlink.architecture.PureCode;
import io.vlink.architecture.ServiceRules;

@AnalyzeClasses(packages = "io.vlink.flow", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchTests RULES_FOR_ALL_CODE = ArchTests.in(CodeRules.class);

    @ArchTest
    static final ArchTests RULES_FOR_ALL_SERVICES = ArchTests.in(ServiceRules.class);

    @ArchTest
    static final ArchRule THE_CORE_IS_PURE =
            noClasses().that().resideOutsideOfPackage("..messaging..").should(PureCode.HAVE_IO_THREADS_OR_CLOCKS);

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
}
