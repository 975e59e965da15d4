package io.vlink.operator;

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

@AnalyzeClasses(packages = "io.vlink.operator", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchTests RULES_FOR_ALL_CODE = ArchTests.in(CodeRules.class);

    @ArchTest
    static final ArchTests RULES_FOR_ALL_SERVICES = ArchTests.in(ServiceRules.class);

    /** Cidr reads addresses with InetAddress, which resolves nothing, as it is given no names. */
    @ArchTest
    static final ArchRule THE_CORE_IS_PURE = noClasses()
            .that()
            .resideInAnyPackage("..pod..", "..request..")
            .and()
            .doNotHaveSimpleName("Cidr")
            .should(PureCode.HAVE_IO_THREADS_OR_CLOCKS);

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
}
