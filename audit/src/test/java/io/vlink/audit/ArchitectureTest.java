package io.vlink.audit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.vlink.architecture.CodeRules;
import io.vlink.architecture.PureCode;

@AnalyzeClasses(packages = "io.vlink.audit", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchTests RULES_FOR_ALL_CODE = ArchTests.in(CodeRules.class);

    @ArchTest
    static final ArchRule THE_CORE_IS_PURE = noClasses()
            .that()
            .resideInAnyPackage("..comparison..", "..isolation..")
            .should(PureCode.HAVE_IO_THREADS_OR_CLOCKS);
}
