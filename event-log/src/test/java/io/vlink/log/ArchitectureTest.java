package io.vlink.log;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.vlink.architecture.CodeRules;

@AnalyzeClasses(packages = "io.vlink.log", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchTests RULES_FOR_ALL_CODE = ArchTests.in(CodeRules.class);

    /** The layer "records" is the package that all services use; "schema" is below it. */
    @ArchTest
    static final ArchRule EACH_LAYER_KNOWS_ONLY_THOSE_BELOW = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("finalising")
            .definedBy("io.vlink.log.finalising")
            .layer("roll")
            .definedBy("io.vlink.log.roll")
            .layer("serving")
            .definedBy("io.vlink.log.serving")
            .layer("writing")
            .definedBy("io.vlink.log.writing")
            .layer("reading")
            .definedBy("io.vlink.log.reading")
            .layer("halting")
            .definedBy("io.vlink.log.halting")
            .layer("kafka")
            .definedBy("io.vlink.log.kafka")
            .layer("records")
            .definedBy("io.vlink.log")
            .layer("schema")
            .definedBy("io.vlink.log.schema")
            .whereLayer("finalising")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("roll")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("serving")
            .mayOnlyBeAccessedByLayers("roll")
            .whereLayer("writing")
            .mayOnlyBeAccessedByLayers("serving")
            .whereLayer("reading")
            .mayOnlyBeAccessedByLayers("serving", "roll", "finalising")
            .whereLayer("halting")
            .mayOnlyBeAccessedByLayers("reading", "serving")
            .whereLayer("kafka")
            .mayOnlyBeAccessedByLayers("halting", "reading", "writing", "serving", "roll", "finalising")
            .whereLayer("records")
            .mayOnlyBeAccessedByLayers("kafka", "halting", "reading", "writing", "serving", "roll", "finalising")
            .whereLayer("schema")
            .mayNotAccessAnyLayer();
}
