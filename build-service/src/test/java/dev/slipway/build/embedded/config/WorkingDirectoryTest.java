package dev.slipway.build.embedded.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingDirectoryTest {

    @ParameterizedTest
    @CsvSource({
        "/,app,/app",
        "/app,src,/app/src",
        "/app,/src,/src",
        "/app,..,/",
        "/app,../../..,/",
        "/app,./x//y/,/app/x/y",
        "'',x,/x",
        "/a/b,../c/.,/a/c",
    })
    void resolvesAsADirectoryOfADirectory(String directory, String path, String expected) {
        assertThat(WorkingDirectory.resolve(directory, path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/app,x,/app/x",
        "/app,x/,/app/x/",
        "/app,.,/app/",
        "/app,'',/app/",
        "/app,x/.,/app/x/",
        "/,/,/",
        "/,.,/",
        "/app,/x/,/x/",
        "/a/b,..,/a",
        "/app,x/..,/app",
        "/app,x,/app/x",
        "/app,x.,/app/x.",
    })
    void keepsTheSlashOfADestinationThatIsADirectory(String directory, String path, String expected) {
        assertThat(WorkingDirectory.destination(directory, path)).isEqualTo(expected);
    }

    @Property
    void alwaysGivesACleanAbsolutePath(@ForAll @Chars({'/', '.', 'a'}) @StringLength(max = 12) String path) {
        String resolved = WorkingDirectory.resolve("/app", path);

        assertThat(resolved).matches("/|(/[^/]+)+");
        assertThat(resolved.split("/")).doesNotContain(".", "..");
        assertThat(WorkingDirectory.resolve("/elsewhere", resolved)).isEqualTo(resolved);
    }
}
