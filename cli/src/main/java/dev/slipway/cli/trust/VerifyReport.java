package dev.slipway.cli.trust;

import dev.slipway.cli.report.Columns;
import dev.slipway.signing.image.Finding;
import dev.slipway.signing.image.ImageParts;
import dev.slipway.signing.image.VerifyImage;
import java.util.ArrayList;
import java.util.List;

/**
 * A verification as a table, and what is wrong.
 *
 * @param complaints one sentence each; empty where everything is signed
 */
public record VerifyReport(List<String> lines, List<String> complaints) {
    public VerifyReport {
        lines = List.copyOf(lines);
        complaints = List.copyOf(complaints);
    }

    public static VerifyReport of(List<VerifyImage.Verified> verified) {
        Columns columns = new Columns().row("IMAGE", "DIGEST", "WHAT", "FORM", "RESULT");
        List<String> complaints = new ArrayList<>();
        for (VerifyImage.Verified one : verified) {
            ImageParts.Part part = one.part();
            String digest = part.descriptor().digest().value();
            if (one.findings().isEmpty()) {
                columns.row(part.name(), digest, "-", "-", part.present() ? "not signed" : "not there");
            }
            for (Finding finding : one.findings()) {
                columns.row(part.name(), digest, finding.predicateType(), form(finding.form()), result(finding));
            }
            if (!one.isTrusted()) {
                complaints.add(
                        "%s (%s) %s".formatted(part.name(), digest, part.present() ? unsigned(one) : "is not there"));
            }
        }
        return new VerifyReport(columns.lines(), complaints);
    }

    private static String unsigned(VerifyImage.Verified one) {
        return one.findings().stream().anyMatch(Finding::isSignature)
                ? "has no signature by a key that was given"
                : "is not signed";
    }

    private static String form(Finding.Form form) {
        return switch (form) {
            case TAG -> "tag";
            case REFERRER -> "referrer";
        };
    }

    private static String result(Finding finding) {
        return switch (finding.result()) {
            case Finding.Result.Valid valid -> "valid, by key " + valid.keyId();
            case Finding.Result.NotVerified not -> "by another key, or changed";
            case Finding.Result.Unreadable unreadable -> "unreadable: " + unreadable.reason();
        };
    }
}
