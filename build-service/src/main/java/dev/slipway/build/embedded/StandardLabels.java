package dev.slipway.build.embedded;

import dev.slipway.build.BuildInputs;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.embedded.base.PulledImage;
import dev.slipway.oci.Reference;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What every image says of itself (image-spec 1.1, "Pre-Defined Annotation Keys"), in labels and annotations. */
final class StandardLabels {
    static final String CREATED = "org.opencontainers.image.created";
    static final String TRACE_ID = "otel.traceid";
    private static final String REVISION = "org.opencontainers.image.revision";
    private static final String SOURCE = "org.opencontainers.image.source";
    private static final String BASE_NAME = "org.opencontainers.image.base.name";
    private static final String BASE_DIGEST = "org.opencontainers.image.base.digest";
    private static final String ARCHITECTURE = "org.opencontainers.image.architecture";

    private StandardLabels() {}

    /**
     * Labels of the config. The Dockerfile's win over those that are known of the source, requested ones over both; the base's
     * own are kept, but what it says of its source is not true of this image.
     */
    static Map<String, String> labels(PlatformBuildTask task, StageImage image, CreationTime time) {
        SortedMap<String, String> labels = new TreeMap<>(image.config().labels());
        labels.keySet().removeAll(List.of(REVISION, SOURCE, CREATED, BASE_NAME, BASE_DIGEST));
        labels.putAll(known(task.inputs(), image.root(), time));
        labels.putAll(image.labels());
        labels.putAll(task.inputs().labels());
        labels.put(ARCHITECTURE, task.platform().architecture());
        if (task.inputs().reproducible()) {
            labels.remove(TRACE_ID);
        } else {
            labels.put(TRACE_ID, task.inputs().origin().traceId());
        }
        return Collections.unmodifiableMap(labels);
    }

    /** Annotations of the manifest. */
    static Map<String, String> annotations(PlatformBuildTask task, StageImage image, CreationTime time) {
        SortedMap<String, String> annotations = new TreeMap<>(known(task.inputs(), image.root(), time));
        annotations.putAll(task.inputs().annotations());
        return Collections.unmodifiableMap(annotations);
    }

    /** What differs between two requests for the same. */
    static Map<String, String> ofRequest(BuildInputs inputs) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(CREATED, text(inputs.created()));
        annotations.put(TRACE_ID, inputs.origin().traceId());
        return annotations;
    }

    private static Map<String, String> known(BuildInputs inputs, Optional<PulledImage> root, CreationTime time) {
        Map<String, String> known = new LinkedHashMap<>();
        if (!inputs.reproducible()) {
            known.put(CREATED, text(time.image()));
        }
        String revision = inputs.origin().revision();
        if (revision != null) {
            known.put(REVISION, revision);
        }
        String source = inputs.origin().source();
        if (source != null) {
            known.put(SOURCE, source);
        }
        root.ifPresent(image -> {
            Reference.Digested base = image.reference();
            known.put(
                    BASE_NAME,
                    base.repository() + base.tag().map(tag -> ":" + tag).orElse(""));
            known.put(BASE_DIGEST, base.digest().value());
        });
        return known;
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
