package dev.slipway.push;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.slipway.push", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] CORE = {
        "dev.slipway.push",
        "dev.slipway.push.access",
        "dev.slipway.push.source..",
        "dev.slipway.push.staging..",
        "dev.slipway.push.moving..",
        "dev.slipway.push.rollback..",
        "dev.slipway.push.work.."
    };

    /** The core's root package is a slice too. */
    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.slipway.(push..)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule coreKnowsNoFrameworkAndNoEvents = classes()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify.annotations..",
                    "dev.slipway.oci..",
                    "dev.slipway.push",
                    "dev.slipway.push.access",
                    "dev.slipway.push.source..",
                    "dev.slipway.push.staging..",
                    "dev.slipway.push.moving..",
                    "dev.slipway.push.rollback..",
                    "dev.slipway.push.work..");

    @ArchTest
    static final ArchRule coreKnowsNoRegistryClient = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.slipway.oci.registry..");

    @ArchTest
    static final ArchRule onlyTheKafkaAdapterKnowsEvents = noClasses()
            .that()
            .resideOutsideOfPackages("dev.slipway.push.kafka..", "dev.slipway.push.wiring..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.slipway.events..", "dev.slipway.kit..");

    @ArchTest
    static final ArchRule onlyWiringSeesWiring = noClasses()
            .that()
            .resideOutsideOfPackage("dev.slipway.push.wiring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.slipway.push.wiring..");
}
