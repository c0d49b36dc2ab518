package dev.slipway.build;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.slipway.build", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.slipway.build.(**)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule coreKnowsNoFrameworkAndNoEvents = classes()
            .that()
            .resideInAnyPackage(
                    "dev.slipway.build",
                    "dev.slipway.build.plan..",
                    "dev.slipway.build.queue..",
                    "dev.slipway.build.work..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify.annotations..",
                    "dev.slipway.oci..",
                    "dev.slipway.build",
                    "dev.slipway.build.plan..",
                    "dev.slipway.build.queue..",
                    "dev.slipway.build.work..");

    @ArchTest
    static final ArchRule readingDockerfilesKnowsNoFrameworkAndNoEvents = classes()
            .that()
            .resideInAnyPackage("dev.slipway.build.dockerfile..", "dev.slipway.build.stages..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify.annotations..",
                    "dev.slipway.oci..",
                    "dev.slipway.build",
                    "dev.slipway.build.dockerfile..",
                    "dev.slipway.build.stages..");

    @ArchTest
    static final ArchRule theEmbeddedBuilderKnowsNoFrameworkAndNoEvents = classes()
            .that()
            .resideInAPackage("dev.slipway.build.embedded..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify.annotations..",
                    "org.apache.commons.compress..",
                    "org.apache.commons.io..",
                    "dev.slipway.oci..",
                    "dev.slipway.context..",
                    "dev.slipway.build",
                    "dev.slipway.build.dockerfile..",
                    "dev.slipway.build.stages..",
                    "dev.slipway.build.image..",
                    "dev.slipway.build.embedded..");

    @ArchTest
    static final ArchRule buildersThatRunProgramsKnowNoFrameworkNoEventsAndNotEachOther = classes()
            .that()
            .resideInAnyPackage(
                    "dev.slipway.build.process..",
                    "dev.slipway.build.tool..",
                    "dev.slipway.build.buildah..",
                    "dev.slipway.build.buildkit..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify.annotations..",
                    "com.fasterxml.jackson..",
                    "dev.slipway.oci..",
                    "dev.slipway.context..",
                    "dev.slipway.build",
                    "dev.slipway.build.dockerfile..",
                    "dev.slipway.build.stages..",
                    "dev.slipway.build.image..",
                    "dev.slipway.build.process..",
                    "dev.slipway.build.tool..",
                    "dev.slipway.build.buildah..",
                    "dev.slipway.build.buildkit..");

    @ArchTest
    static final ArchRule onlyAdaptersOfKafkaKnowEvents = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.slipway.build.kafka..", "dev.slipway.build.scheduler..", "dev.slipway.build.wiring..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.slipway.events..", "dev.slipway.kit..");

    @ArchTest
    static final ArchRule onlyWiringSeesWiring = noClasses()
            .that()
            .resideOutsideOfPackage("dev.slipway.build.wiring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.slipway.build.wiring..");
}
