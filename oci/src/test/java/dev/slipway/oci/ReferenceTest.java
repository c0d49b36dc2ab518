package dev.slipway.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "busybox, docker.io, library/busybox, latest",
        "busybox:1.36, docker.io, library/busybox, 1.36",
        "library/busybox, docker.io, library/busybox, latest",
        "docker.io/busybox, docker.io, library/busybox, latest",
        "index.docker.io/busybox, docker.io, library/busybox, latest",
        "team/app:v1, docker.io, team/app, v1",
        "ghcr.io/team/app, ghcr.io, team/app, latest",
        "ghcr.io/app, ghcr.io, app, latest",
        "localhost/app, localhost, app, latest",
        "localhost:5000/app, localhost:5000, app, latest",
        "localhost:5000/team/app:v1, localhost:5000, team/app, v1",
        "127.0.0.1:5000/app:v1_2-x.y, 127.0.0.1:5000, app, v1_2-x.y",
        "registry:5000/app, registry:5000, app, latest",
        "registry/app, docker.io, registry/app, latest",
        "Registry/app, Registry, app, latest",
        "[::1]:5000/app:v1, [::1]:5000, app, v1",
        "[2001:db8::1]/app, [2001:db8::1], app, latest",
        "app:5000, docker.io, library/app, 5000",
        "a__b/c-d/e.f/g---h, docker.io, a__b/c-d/e.f/g---h, latest",
        "app:V1, docker.io, library/app, V1"
    })
    void isParsedAsDockerDoes(String text, String registry, String path, String tag) {
        assertThat(Reference.parse(text)).isEqualTo(new Reference.Tagged(new RepositoryName(registry, path), tag));
    }

    @Test
    void namesADigest() {
        Digest digest = new Digest("sha256:" + HEX);
        RepositoryName app = new RepositoryName("docker.io", "library/app");

        assertThat(Reference.parse("app@sha256:" + HEX))
                .isEqualTo(new Reference.Digested(app, Optional.empty(), digest));
        assertThat(Reference.parse("app:v1@sha256:" + HEX))
                .isEqualTo(new Reference.Digested(app, Optional.of("v1"), digest))
                .extracting(Reference::identifier)
                .isEqualTo("sha256:" + HEX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":v1",
                "@sha256:" + "0",
                "App",
                "team/App",
                "ghcr.io/",
                "ghcr.io//app",
                "/app",
                "app/",
                "-app",
                "app-",
                "a..b",
                "a___b",
                "app:",
                "app:-v1",
                "app:v1:v2",
                "app:v/1",
                "app@",
                "app@sha256:abc",
                "app@md5:0123456789abcdef0123456789abcdef",
                "http://ghcr.io/app",
                "https://ghcr.io/app:v1",
                "user@ghcr.io/app",
                "ghcr.io:port/app",
                "-ghcr.io/app",
                "ghcr..io/app",
                "[::1/app",
                "app v1",
                " app",
                "app\n",
                "äpp",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void refusesWhatDockerRefusesAndQuotesIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reference.parse(text))
                .withMessageStartingWith("not an image reference: '" + text + "': ");
    }

    @Test
    void refusesNamesAndTagsThatAreTooLong() {
        assertThat(Reference.parse("ghcr.io/" + "a".repeat(247))).isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> Reference.parse("ghcr.io/" + "a".repeat(248)));
        assertThat(Reference.parse("app:" + "a".repeat(128))).isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> Reference.parse("app:" + "a".repeat(129)));
    }

    @Test
    void mayHaveToNameATag() {
        assertThat(Reference.parseTagged("app").tag()).isEqualTo("latest");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reference.parseTagged("app@sha256:" + HEX))
                .withMessageContaining("names a digest");
    }

    @Property
    void isWrittenAsItIsRead(@ForAll("references") Reference reference) {
        assertThat(Reference.parse(reference.toString())).isEqualTo(reference);
    }

    @Provide
    Arbitrary<Reference> references() {
        Arbitrary<String> names = Arbitraries.of("a", "app", "a.b", "a_b", "a__b", "a-b", "a---b", "0");
        Arbitrary<String> paths = names.list().ofMinSize(2).ofMaxSize(4).map(parts -> String.join("/", parts));
        Arbitrary<String> registries = Arbitraries.of(
                "docker.io", "ghcr.io", "localhost", "localhost:5000", "127.0.0.1:80", "[::1]:5000", "Reg", "a-b.c:1");
        Arbitrary<String> tags = Arbitraries.of("latest", "v1", "V1.2-x_y", "_", "5000", "x".repeat(128));
        Arbitrary<Digest> digests =
                Arbitraries.integers().map(n -> Digest.of(Integer.toString(n).getBytes(StandardCharsets.US_ASCII)));
        Arbitrary<RepositoryName> repositories =
                Combinators.combine(registries, paths).as(RepositoryName::new);
        Arbitrary<Reference> tagged = Combinators.combine(repositories, tags).as(Reference.Tagged::new);
        Arbitrary<Reference> digested =
                Combinators.combine(repositories, tags.optional(), digests).as(Reference.Digested::new);
        return Arbitraries.oneOf(tagged, digested);
    }
}
