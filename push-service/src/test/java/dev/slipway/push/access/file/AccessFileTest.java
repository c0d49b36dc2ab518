package dev.slipway.push.access.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.push.access.AccessRules.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessFileTest {
    private static final Reference.Tagged TAG = Reference.parseTagged("r.test/a/app:1");

    @TempDir
    Path directory;

    private AccessFile file(String text) throws IOException {
        return new AccessFile(Files.writeString(directory.resolve("access.json"), text));
    }

    private static boolean allows(AccessFile file, String tenant, Action action) {
        return file.rules().orElseThrow().denied(tenant, action, List.of(TAG)).isEmpty();
    }

    @Test
    void letsWhoeverMayPublishRollBack() throws IOException {
        AccessFile file = file("{'a': {'publish': ['r.test/a/**']}}".replace('\'', '"'));

        assertThat(allows(file, "a", Action.PUBLISH)).isTrue();
        assertThat(allows(file, "a", Action.ROLL_BACK)).isTrue();
    }

    @Test
    void letsRollBackWhatItSaysWhereItSaysSo() throws IOException {
        AccessFile file = file(
                "{'a': {'publish': ['r.test/a/**'], 'rollback': []}, 'ops': {'rollback': ['**']}}".replace('\'', '"'));

        assertThat(allows(file, "a", Action.ROLL_BACK)).isFalse();
        assertThat(allows(file, "ops", Action.ROLL_BACK)).isTrue();
        assertThat(allows(file, "ops", Action.PUBLISH)).isFalse();
    }

    @Test
    void deniesEverythingToWhoIsNotNamedUnlessOthersAre() throws IOException {
        assertThat(allows(file("{'b': {'publish': ['**']}}".replace('\'', '"')), "a", Action.PUBLISH))
                .isFalse();
        assertThat(allows(
                        file("{'b': {'publish': []}, '*': {'publish': ['r.test/a/*']}}".replace('\'', '"')),
                        "a",
                        Action.PUBLISH))
                .isTrue();
        assertThat(allows(
                        file("{'a': {'publish': []}, '*': {'publish': ['**']}}".replace('\'', '"')),
                        "a",
                        Action.PUBLISH))
                .as("named, so that what is said of others is not for it")
                .isFalse();
    }

    @Test
    void isReadAnewForEachDecision() throws IOException {
        AccessFile file = file("{'a': {'publish': ['**']}}".replace('\'', '"'));
        assertThat(allows(file, "a", Action.PUBLISH)).isTrue();
        String next = "{}";

        assertThat(file(next).rules().orElseThrow().digest()).isEqualTo(Digest.of(next.getBytes(UTF_8)));

        assertThat(allows(file, "a", Action.PUBLISH)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | the file must be a JSON object, and is []",
                "{\"a\": []} | 'a' must be a JSON object, and is []",
                "{\"a\": {\"publisch\": []}} | 'a' has 'publisch', and only 'publish' and 'rollback' are known",
                "{\"a\": {\"publish\": \"**\"}} | 'publish' of 'a' must be a list, and is \"**\"",
                "{\"a\": {\"publish\": [7, {}]}} | not a pattern of tags: '{}'",
                "{\"a\" | is not JSON",
            })
    void refusesWhatItDoesNotKnow(String text, String why) throws IOException {
        AccessFile file = file(text);

        assertThatThrownBy(file::rules)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("access.json")
                .hasMessageContaining(why);
    }

    @Test
    void allowsNothingWhereItIsNotThere() {
        AccessFile absent = new AccessFile(directory.resolve("absent.json"));

        assertThatThrownBy(absent::rules)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("absent.json");
    }
}
