package io.vlink.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.vlink.architecture.CodeRules;
import io.vlink.architecture.PureCode;

/** The contract depends on no framework. */
@AnalyzeClasses(packages = "io.vlink.events", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests RULES_FOR_ALL_CODE = ArchTests.in(CodeRules.class);

    /** Recent is a cache that threads share. */
    @ArchTest
    static final ArchRule THE_CORE_IS_PURE =
            noClasses().that().doNotHaveSimpleName("Recent").should(PureCode.HAVE_IO_THREADS_OR_CLOCKS);

    @ArchTest
    static final ArchRule DEPENDS_ON_NEXT_TO_NOTHING = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "com.fasterxml.jackson.annotation..", "org.jspecify..", "io.vlink.events..");
}
