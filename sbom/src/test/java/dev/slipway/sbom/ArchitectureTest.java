package dev.slipway.sbom;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.slipway.sbom", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.slipway.(sbom.*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule KNOWS_IMAGES_AND_NOTHING_OF_SERVICES = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.slipway.sbom..",
                    "dev.slipway.oci..",
                    "java..",
                    "javax.xml.stream..",
                    "com.fasterxml.jackson..",
                    "com.github.packageurl..",
                    "org.apache.commons.compress..",
                    "org.jspecify.annotations..");
}
