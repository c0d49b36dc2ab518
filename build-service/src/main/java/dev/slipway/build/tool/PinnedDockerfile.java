package dev.slipway.build.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.BuildInputs;
import dev.slipway.build.dockerfile.LogicalLine.Place;
import dev.slipway.build.stages.StageGraph;
import dev.slipway.oci.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A Dockerfile in which every image that the build needs is named by the digest that the plan has for it. Tools would ask a
 * registry again, and may be told something else. The lines stay the same lines.
 */
final class PinnedDockerfile {
    private record Edit(Place place, String from, String to) {}

    private PinnedDockerfile() {}

    static byte[] of(byte[] dockerfile, StageGraph graph, BuildInputs inputs) {
        List<Edit> edits = new ArrayList<>();
        graph.plans()
                .forEach(plan -> plan.images()
                        .forEach((word, image) -> edits.add(new Edit(
                                word.line().place(word.offset()), word.text(), pinned(image.name(), inputs)))));
        edits.sort(Comparator.comparingInt((Edit edit) -> edit.place().column()).reversed());
        String[] lines = new String(dockerfile, UTF_8).split("\n", -1);
        for (Edit edit : edits) {
            int index = edit.place().line() - 1;
            lines[index] = apply(lines[index], edit, inputs);
        }
        return String.join("\n", lines).getBytes(UTF_8);
    }

    private static String apply(String line, Edit edit, BuildInputs inputs) {
        int at = edit.place().column() - 1;
        if (!line.startsWith(edit.from(), at)) {
            throw BuildException.permanent(
                    Reason.DOCKERFILE_UNSUPPORTED,
                    "%s:%d: the image '%s' cannot be pinned to its digest, since its name goes over several lines or is quoted; write it in one piece"
                            .formatted(inputs.dockerfile(), edit.place().line(), edit.from()));
        }
        return line.substring(0, at)
                + edit.to()
                + line.substring(at + edit.from().length());
    }

    /** Without the tag, which not every tool takes beside a digest. */
    private static String pinned(String name, BuildInputs inputs) {
        Reference.Digested reference = inputs.bases().get(name);
        if (reference == null) {
            throw BuildException.permanent(
                    Reason.BASE_IMAGE_UNAVAILABLE, "the plan does not say which digest '%s' is".formatted(name));
        }
        return reference.repository() + "@" + reference.digest();
    }
}
