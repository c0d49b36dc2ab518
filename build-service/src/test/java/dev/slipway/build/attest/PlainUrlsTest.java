package dev.slipway.build.attest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.json.JsonText;
import dev.slipway.oci.json.JsonTrees;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainUrlsTest {

    @ParameterizedTest
    @CsvSource({
        "https://user:pass@example.org/a.git, https://example.org/a.git",
        "https://token@example.org/a.git, https://example.org/a.git",
        "https://user:p@ss@example.org/a, https://example.org/a",
        "proxy=http://u:p@proxy:3128 and more, proxy=http://proxy:3128 and more",
        "https://x.org/a.tar?access_token=abc&v=1, https://x.org/a.tar?access_token=&v=1",
        "https://s3.org/a?X-Amz-Signature=abc&X-Amz-Credential=d, https://s3.org/a?X-Amz-Signature=&X-Amz-Credential=",
        "https://example.org/@scope/a, https://example.org/@scope/a",
        "git@example.org:a/b.git, git@example.org:a/b.git"
    })
    void takesCredentialsOutOfUrls(String url, String plain) {
        assertThat(PlainUrls.of(url)).isEqualTo(plain);
    }

    @Test
    void looksIntoEveryTextOfADocument() throws IOException {
        assertThat(JsonText.of(
                        PlainUrls.in(JsonTrees.read("{\"a\":[{\"b\":\"ftp://u:p@h/\"}],\"x://k@h\":1.50,\"c\":null}"))))
                .isEqualTo("{\"a\":[{\"b\":\"ftp://h/\"}],\"x://h\":1.50,\"c\":null}");
    }
}
