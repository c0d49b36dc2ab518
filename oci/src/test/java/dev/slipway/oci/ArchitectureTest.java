package dev.slipway.oci;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.slipway.oci", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.slipway.(oci..)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOTHING_BUT_THE_JDK_AND_JACKSON = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.slipway.oci..",
                    "java..",
                    "javax.net.ssl..",
                    "com.fasterxml.jackson..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule VALUES_NEED_THE_JDK_ONLY = classes()
            .that()
            .resideInAPackage("dev.slipway.oci")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.slipway.oci", "java..", "org.jspecify.annotations..");
}
