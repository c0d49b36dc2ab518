package dev.slipway.signing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.slipway.signing", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.slipway.(signing..)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_KEYS_KNOW_BOUNCY_CASTLE = classes()
            .that()
            .resideOutsideOfPackage("dev.slipway.signing.keys")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.slipway.signing..",
                    "dev.slipway.oci..",
                    "java..",
                    "com.fasterxml.jackson..",
                    "org.jspecify.annotations..");
}
