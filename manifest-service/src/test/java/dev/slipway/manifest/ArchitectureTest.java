package dev.slipway.manifest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.slipway.manifest", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.slipway.manifest.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_CORE_KNOWS_NO_FRAMEWORK = classes()
            .that()
            .resideInAnyPackage("dev.slipway.manifest", "dev.slipway.manifest.children", "dev.slipway.manifest.change")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "dev.slipway.manifest",
                    "dev.slipway.manifest.children",
                    "dev.slipway.manifest.change",
                    "dev.slipway.oci..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule ADAPTERS_DO_NOT_KNOW_EACH_OTHER = slices().matching(
                    "dev.slipway.manifest.(join|kafka|staging|signing|policy|health)..")
            .should()
            .notDependOnEachOther();
}
