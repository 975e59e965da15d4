package io.vlink.networkapi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.vlink.networkapi", importOptions = ImportOption.DoNotIncludeTests.class)
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
    static final ArchRule RECORDER_AND_VIEW_ARE_PURE = classes()
            .that()
            .resideInAnyPackage("..recorder..", "..view..", "..usage..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "io.vlink.events..",
                    "io.vlink.networkapi.recorder..",
                    "io.vlink.networkapi.usage..",
                    "io.vlink.networkapi.view..");

    @ArchTest
    static final ArchRule READING_KNOWS_DOCUMENTS_ONLY = classes()
            .that()
            .resideInAPackage("..reading..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "io.vlink.events..",
                    "com.fasterxml.jackson..",
                    "org.yaml.snakeyaml..",
                    "io.vlink.networkapi.reading..");

    @ArchTest
    static final ArchRule RECORDER_AND_VIEW_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage("..recorder..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..view..");

    /** A route added elsewhere is outside the declared order and may run before authentication. */
    @ArchTest
    static final ArchRule ONLY_THE_CHAIN_LAYS_ROUTES = noClasses()
            .that()
            .doNotHaveSimpleName("HttpChain")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.vertx.ext.web.Router")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.vertx.ext.web.Route")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus.vertx.web..", "io.quarkus.vertx.http.runtime.filters..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule ONLY_THE_CHAIN_FILTERS = noClasses()
            .that()
            .resideOutsideOfPackage("..chain..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.jboss.resteasy.reactive.server.ServerRequestFilter")
            .orShould()
            .implement("jakarta.ws.rs.container.ContainerRequestFilter");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.vlink.networkapi.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Util|Utils|Helper)")
            .orShould()
            .haveSimpleNameStartingWith("Abstract");
}
