package dev.slipway.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.slipway.policy", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.slipway.policy.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_GATE_KNOWS_CEL = classes()
            .that()
            .resideInAPackage("dev.slipway.policy.input")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.slipway.policy.input",
                    "dev.slipway.oci..",
                    "java..",
                    "com.fasterxml.jackson..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule ONLY_RULES_KNOW_YAML = classes()
            .that()
            .resideInAPackage("dev.slipway.policy.rules")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.slipway.policy.rules",
                    "dev.slipway.oci..",
                    "java..",
                    "org.yaml.snakeyaml..",
                    "org.jspecify.annotations..");
}
