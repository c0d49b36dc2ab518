package dev.slipway.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

@AnalyzeClasses(packages = "dev.slipway.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] COMMANDS = {
        "dev.slipway.cli",
        "dev.slipway.cli.options",
        "dev.slipway.cli.builds",
        "dev.slipway.cli.images",
        "dev.slipway.cli.letters"
    };

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.slipway.cli.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyCommandsKnowOfTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackages(COMMANDS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    Stream.concat(Stream.of(COMMANDS), Stream.of("picocli..")).toArray(String[]::new));

    /** CEL brings protobuf and a parser: no other command should wait for them. */
    @ArchTest
    static final ArchRule onlyOnePackageLoadsCel = noClasses()
            .that()
            .resideOutsideOfPackage("dev.slipway.cli.policy")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.slipway.policy..", "dev.cel..", "com.google..");

    /** The newer client and bound JSON cost more of a command's start than all of its work. */
    @ArchTest
    static final ArchRule theCommonPathStartsFast = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "org.apache.kafka..", "io.quarkus..");
}
