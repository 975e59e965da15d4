package io.vlink.gateway;

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
import io.vlink.architecture.ServiceRules;

/** The rules for dependencies between packages, and for names. */
@AnalyzeClasses(packages = "io.vlink.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests RULES_FOR_ALL_CODE = ArchTests.in(CodeRules.class);

    @ArchTest
    static final ArchTests RULES_FOR_ALL_SERVICES = ArchTests.in(ServiceRules.class);

    @ArchTest
    static final ArchRule THE_CORE_IS_PURE = noClasses()
            .that()
            .resideOutsideOfPackages("..messaging..", "..openflow..", "..ovsdb..")
            .should(PureCode.HAVE_IO_THREADS_OR_CLOCKS);

    @ArchTest
    static final ArchRule ONLY_THE_EDGES_USE_NETTY = noClasses()
            .that()
            .resideOutsideOfPackages("..gateway.openflow..", "..gateway.ovsdb..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule ONLY_OPENFLOW_USES_LOXI = noClasses()
            .that()
            .resideOutsideOfPackage("..gateway.openflow..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.projectfloodlight..");

    @ArchTest
    static final ArchRule SWITCHES_ARE_PURE = classes()
            .that()
            .resideInAPackage("..gateway.switches..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "io.vlink.events..", "..gateway.switches..");

    @ArchTest
    static final ArchRule LINK_STATES_ARE_PURE = classes()
            .that()
            .resideInAPackage("..gateway.links..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "io.vlink.events..", "..gateway.links..");

    @ArchTest
    static final ArchRule TUNNELS_ARE_PURE = classes()
            .that()
            .resideInAPackage("..gateway.tunnels..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "io.vlink.events..", "..gateway.tunnels..");

    @ArchTest
    static final ArchRule LAYERS_OF_SWITCHES = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.vlink.gateway.switches..")
            .layer("entries")
            .definedBy("..switches.entries..")
            .layer("wanted")
            .definedBy("..switches.wanted..")
            .layer("boundary")
            .definedBy("..switches.boundary..")
            .layer("ports")
            .definedBy("..switches.ports..")
            .layer("possession")
            .definedBy("..switches.possession..")
            .layer("installed")
            .definedBy("..switches.installed..")
            .layer("sync")
            .definedBy("..switches.sync..")
            .layer("control")
            .definedBy("..switches.control..")
            .whereLayer("control")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("sync")
            .mayOnlyBeAccessedByLayers("control")
            .whereLayer("ports")
            .mayOnlyBeAccessedByLayers("control")
            .whereLayer("possession")
            .mayOnlyBeAccessedByLayers("control")
            .whereLayer("installed")
            .mayOnlyBeAccessedByLayers("sync")
            .whereLayer("wanted")
            .mayOnlyBeAccessedByLayers("installed", "possession", "sync", "control")
            .whereLayer("boundary")
            .mayOnlyBeAccessedByLayers("installed", "ports", "possession", "sync", "control")
            .whereLayer("entries")
            .mayOnlyBeAccessedByLayers("boundary", "wanted", "installed", "possession", "sync", "control");

    @ArchTest
    static final ArchRule LAYERS_OF_OPENFLOW = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.vlink.gateway.openflow..")
            .layer("frames")
            .definedBy("..openflow.frames..")
            .layer("mapping")
            .definedBy("..openflow.mapping..")
            .layer("exchanges")
            .definedBy("..openflow.exchanges..")
            .layer("connection")
            .definedBy("..openflow.connection..")
            .whereLayer("connection")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("exchanges")
            .mayOnlyBeAccessedByLayers("connection")
            .whereLayer("mapping")
            .mayOnlyBeAccessedByLayers("exchanges", "connection");
}
