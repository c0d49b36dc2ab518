package dev.slipway.build.image;

import dev.slipway.build.BuildInputs;
import dev.slipway.build.PlatformBuildTask;
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
public final class StandardLabels {
    public static final String CREATED = "org.opencontainers.image.created";
    public static final String TRACE_ID = "otel.traceid";
    private static final String REVISION = "org.opencontainers.image.revision";
    private static final String SOURCE = "org.opencontainers.image.source";
    private static final String BASE_NAME = "org.opencontainers.image.base.name";
    private static final String BASE_DIGEST = "org.opencontainers.image.base.digest";
    private static final String ARCHITECTURE = "org.opencontainers.image.architecture";

    private StandardLabels() {}

    /**
     * Labels of the config. The Dockerfile's win over those that are known of the source, requested ones over both; the base's
     * own are kept, but what it says of its source is not true of this image.
     *
     * @param inherited those of the base
     * @param own those that the Dockerfile sets
     * @param root the image that all rests on; none where it began with nothing
     */
    public static Map<String, String> labels(
            PlatformBuildTask task,
            Map<String, String> inherited,
            Map<String, String> own,
            Optional<Reference.Digested> root,
            CreationTime time) {
        SortedMap<String, String> labels = new TreeMap<>(inherited);
        labels.keySet().removeAll(List.of(REVISION, SOURCE, CREATED, BASE_NAME, BASE_DIGEST));
        labels.putAll(known(task.inputs(), root, time));
        labels.putAll(own);
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
    public static Map<String, String> annotations(
            PlatformBuildTask task, Optional<Reference.Digested> root, CreationTime time) {
        SortedMap<String, String> annotations = new TreeMap<>(known(task.inputs(), root, time));
        annotations.putAll(task.inputs().annotations());
        return Collections.unmodifiableMap(annotations);
    }

    /** What differs between two requests for the same. */
    public static Map<String, String> ofRequest(BuildInputs inputs) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(CREATED, text(inputs.created()));
        annotations.put(TRACE_ID, inputs.origin().traceId());
        return annotations;
    }

    private static Map<String, String> known(BuildInputs inputs, Optional<Reference.Digested> root, CreationTime time) {
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
        root.ifPresent(base -> {
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
