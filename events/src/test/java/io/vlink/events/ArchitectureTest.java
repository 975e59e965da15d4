package io.vlink.events;

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

/** The contract depends on no framework, and its packages depend on one another in one direction. */
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

    @ArchTest
    static final ArchRule VALUES_KNOW_NO_RECORDS = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.vlink.events..")
            .layer("records")
            .definedBy(
                    "io.vlink.events.attachments",
                    "io.vlink.events.counters",
                    "io.vlink.events.deadletters",
                    "io.vlink.events.dryruns",
                    "io.vlink.events.links",
                    "io.vlink.events.networks",
                    "io.vlink.events.nodes",
                    "io.vlink.events.paths",
                    "io.vlink.events.requests",
                    "io.vlink.events.rules",
                    "io.vlink.events.services",
                    "io.vlink.events.statuses",
                    "io.vlink.events.switches")
            .layer("reasons")
            .definedBy("io.vlink.events.reasons")
            .layer("values")
            .definedBy("io.vlink.events")
            .layer("schema")
            .definedBy("io.vlink.events.schema")
            .layer("text")
            .definedBy("io.vlink.events.text")
            .whereLayer("records")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("reasons")
            .mayOnlyBeAccessedByLayers("records")
            .whereLayer("values")
            .mayOnlyBeAccessedByLayers("records", "reasons")
            .whereLayer("schema")
            .mayOnlyBeAccessedByLayers("records", "reasons", "values");
}
