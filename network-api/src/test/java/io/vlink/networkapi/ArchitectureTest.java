package io.vlink.networkapi;

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

@AnalyzeClasses(packages = "io.vlink.networkapi", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchTests RULES_FOR_ALL_CODE = ArchTests.in(CodeRules.class);

    @ArchTest
    static final ArchTests RULES_FOR_ALL_SERVICES = ArchTests.in(ServiceRules.class);

    @ArchTest
    static final ArchRule THE_RECORDER_IS_PURE =
            noClasses().that().resideInAPackage("..recorder..").should(PureCode.HAVE_IO_THREADS_OR_CLOCKS);

    /** Threads share view and usage; reading decodes bytes and addresses with classes of java.nio and java.net. */
    @ArchTest
    static final ArchRule VIEW_USAGE_AND_READING_ARE_GIVEN_THE_TIME = noClasses()
            .that()
            .resideInAnyPackage("..view..", "..usage..", "..reading..")
            .should(PureCode.READ_A_CLOCK);

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
}
