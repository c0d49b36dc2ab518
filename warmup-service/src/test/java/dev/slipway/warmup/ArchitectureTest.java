package dev.slipway.warmup;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.slipway.warmup", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] CORE = {
        "dev.slipway.warmup",
        "dev.slipway.warmup.node",
        "dev.slipway.warmup.verify",
        "dev.slipway.warmup.run",
        "dev.slipway.warmup.cluster",
        "dev.slipway.warmup.limits",
        "dev.slipway.warmup.keep",
        "dev.slipway.warmup.pull",
        "dev.slipway.warmup.tool"
    };

    /** The core's root package is a slice too. */
    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.slipway.(warmup..)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule coreKnowsNoFrameworkAndNoEvents = classes()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify.annotations..", "dev.slipway.oci..")
                    .or(resideInAnyPackage(CORE)));

    @ArchTest
    static final ArchRule onlyTheKubernetesAdapterKnowsTheClient = noClasses()
            .that()
            .resideOutsideOfPackage("dev.slipway.warmup.kubernetes..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..");

    @ArchTest
    static final ArchRule onlyTheKafkaAdapterKnowsEvents = noClasses()
            .that()
            .resideOutsideOfPackages("dev.slipway.warmup.kafka..", "dev.slipway.warmup.wiring..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.slipway.events..", "dev.slipway.kit..");

    @ArchTest
    static final ArchRule onlyWiringSeesWiring = noClasses()
            .that()
            .resideOutsideOfPackage("dev.slipway.warmup.wiring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.slipway.warmup.wiring..");
}
