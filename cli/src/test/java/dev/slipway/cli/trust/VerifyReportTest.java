package dev.slipway.cli.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Descriptor;
import dev.slipway.signing.image.Finding;
import dev.slipway.signing.image.Finding.Form;
import dev.slipway.signing.image.Finding.Result;
import dev.slipway.signing.image.ImageParts;
import dev.slipway.signing.image.VerifyImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyReportTest {
    private static final Finding SIGNED = new Finding(Form.TAG, "signature", new Result.Valid("key-1"));
    private static final Finding BY_ANOTHER = new Finding(Form.REFERRER, "signature", new Result.NotVerified());
    private static final Finding SBOM =
            new Finding(Form.REFERRER, "https://spdx.dev/Document", new Result.Valid("key-2"));

    @Test
    void showsWhatWasFoundAndComplainsOfNothing() {
        VerifyReport report =
                VerifyReport.of(List.of(verified("index", true, SIGNED), verified("linux/amd64", true, SIGNED, SBOM)));

        assertThat(report.lines()).hasSize(4);
        assertThat(report.lines().get(1)).matches("index +sha256:\\w+ +signature +tag +valid, by key key-1");
        assertThat(report.lines().getLast())
                .matches("linux/amd64 +sha256:\\w+ +https://spdx.dev/Document +referrer +valid, by key key-2");
        assertThat(report.complaints()).isEmpty();
    }

    @Test
    void trustsASignatureBesideThoseOfOthers() {
        assertThat(VerifyReport.of(List.of(verified("image", true, BY_ANOTHER, SIGNED)))
                        .complaints())
                .isEmpty();
    }

    @Test
    void complainsOfEachPartThatIsNotSigned() {
        VerifyReport report = VerifyReport.of(List.of(
                verified("index", true, SIGNED),
                verified("linux/amd64", true),
                verified("linux/arm64", true, BY_ANOTHER),
                verified("linux/arm/v7", true, SBOM),
                verified("linux/s390x", false)));

        assertThat(report.complaints())
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("linux/amd64 (").endsWith("is not signed"),
                        one -> assertThat(one).startsWith("linux/arm64 (").endsWith("by a key that was given"),
                        one -> assertThat(one).startsWith("linux/arm/v7 (").endsWith("is not signed"),
                        one -> assertThat(one).startsWith("linux/s390x (").endsWith("is not there"));
    }

    private static VerifyImage.Verified verified(String name, boolean present, Finding... findings) {
        Descriptor descriptor =
                Descriptor.of("application/x-manifest", name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new VerifyImage.Verified(new ImageParts.Part(name, descriptor, present, List.of()), List.of(findings));
    }
}
