package dev.slipway.build.buildkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.build.BuildException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildKitVersionTest {
    private static final DaemonAddress DAEMON = new DaemonAddress("unix:///run/b.sock", Optional.empty());

    @ParameterizedTest
    @ValueSource(strings = {"v0.28.1", "0.28.1", "v0.28.2-rc1", "v0.29.0-rc1", "v0.34.2", "v1.0.0", "v0.30.0+vendor"})
    void takesTheFirstSafeReleaseAndLaterOnes(String version) {
        assertThatCode(() -> new BuildKitVersion(version, "").check(DAEMON)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v0.28.0", "v0.28.1-rc1", "v0.27.9", "v0.9.3", "v0.0.0+unknown", "", "nightly"})
    void refusesOlderOnesAndThoseThatDoNotTell(String version) {
        assertThatThrownBy(() -> new BuildKitVersion(version, "").check(DAEMON))
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith("BuildKit at unix:///run/b.sock is " + (version.isEmpty() ? "of" : version))
                .hasMessageEndingWith("and those before 0.28.1 have known holes; update the daemon");
    }

    @ParameterizedTest
    @CsvSource({"1.28.0-dev,true", "1.23.0,true", "1.22.0,false", "1.4.0,false"})
    void goesByTheFrontendWhereTheBuildWasNotStamped(String dockerfile, boolean safe) {
        BuildKitVersion version = new BuildKitVersion("v0.0.0+unknown", dockerfile);
        if (safe) {
            assertThatCode(() -> version.check(DAEMON)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> version.check(DAEMON)).hasMessageContaining("Dockerfile frontend " + dockerfile);
        }
    }

    @Test
    void looksNoFurtherThanTheVersionWhereThereIsOne() {
        assertThatThrownBy(() -> new BuildKitVersion("v0.20.0", "1.28.0").check(DAEMON))
                .isInstanceOf(BuildException.class);
    }
}
