package dev.slipway.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.slipway.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.slipway.(gateway..)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule coreKnowsNoFramework = classes()
            .that()
            .resideInAnyPackage(
                    "dev.slipway.gateway",
                    "dev.slipway.gateway.builds",
                    "dev.slipway.gateway.fleet",
                    "dev.slipway.gateway.letters",
                    "dev.slipway.gateway.logs")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.slipway.gateway",
                    "dev.slipway.gateway.builds",
                    "dev.slipway.gateway.fleet",
                    "dev.slipway.gateway.letters",
                    "dev.slipway.gateway.logs",
                    "dev.slipway.oci",
                    "dev.slipway.oci.image",
                    "java..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule adaptersDoNotKnowEachOther = slices().matching("dev.slipway.gateway.(*)..")
            .namingSlices("$1")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("..wiring.."),
                    com.tngtech.archunit.base.DescribedPredicate.alwaysTrue())
            .ignoreDependency(
                    com.tngtech.archunit.base.DescribedPredicate.alwaysTrue(),
                    com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                            "..builds..", "..fleet..", "..letters..", "..logs.."));
}
