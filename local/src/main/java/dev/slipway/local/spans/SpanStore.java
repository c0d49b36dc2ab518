package dev.slipway.local.spans;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The latest traces, in files that are only ever appended to; in memory is where each span lies. */
final class SpanStore implements Closeable {
    private static final String SUFFIX = ".spans";

    private final Path directory;
    private final Limits limits;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final Map<String, List<Segment.Entry>> traces = new LinkedHashMap<>();
    private long nextNumber;

    private SpanStore(Path directory, Limits limits) {
        this.directory = directory;
        this.limits = limits;
    }

    /** Opens a directory, makes it when it is not there; begins a new file, since the last one may end torn. */
    static SpanStore open(Path directory, Limits limits) throws IOException {
        Files.createDirectories(directory);
        SpanStore store = new SpanStore(directory, limits);
        for (Path file : store.files()) {
            Segment segment = Segment.open(file);
            store.segments.add(segment);
            for (Segment.Found found : segment.scan()) {
                store.index(found.traceId(), found.entry());
            }
            store.nextNumber = number(file) + 1;
        }
        store.roll();
        return store;
    }

    synchronized void append(List<SpanText> spans) throws IOException {
        if (segments.getLast().length() >= limits.segmentBytes()) {
            roll();
        }
        List<Segment.Entry> entries = segments.getLast().append(spans);
        for (int i = 0; i < spans.size(); i++) {
            index(spans.get(i).traceId(), entries.get(i));
        }
    }

    /** The spans of a trace as they came; empty for one that is not known. */
    synchronized List<String> trace(String traceId) throws IOException {
        List<String> spans = new ArrayList<>();
        for (Segment.Entry entry : traces.getOrDefault(traceId, List.of())) {
            spans.add(entry.segment().read(entry));
        }
        return spans;
    }

    @Override
    public synchronized void close() throws IOException {
        for (Segment segment : segments) {
            segment.close();
        }
    }

    private void index(String traceId, Segment.Entry entry) {
        List<Segment.Entry> entries = traces.computeIfAbsent(traceId, id -> new ArrayList<>());
        if (entries.size() < limits.spansPerTrace()) {
            entries.add(entry);
        }
        if (traces.size() > limits.traces()) {
            Iterator<String> oldest = traces.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private void roll() throws IOException {
        dropUnused();
        long total = segments.stream().mapToLong(Segment::length).sum();
        while (!segments.isEmpty() && total > limits.totalBytes() - limits.segmentBytes()) {
            Segment oldest = segments.removeFirst();
            total -= oldest.length();
            forget(oldest);
        }
        segments.addLast(Segment.create(directory.resolve("%012d%s".formatted(nextNumber++, SUFFIX))));
    }

    /** Files of which every trace has been dropped, or that a process wrote nothing to. */
    private void dropUnused() throws IOException {
        Set<Segment> used = new HashSet<>();
        traces.values().forEach(entries -> entries.forEach(entry -> used.add(entry.segment())));
        for (Iterator<Segment> each = segments.iterator(); each.hasNext(); ) {
            Segment segment = each.next();
            if (!used.contains(segment)) {
                each.remove();
                segment.delete();
            }
        }
    }

    private void forget(Segment segment) throws IOException {
        traces.values().forEach(entries -> entries.removeIf(entry -> entry.segment() == segment));
        traces.values().removeIf(List::isEmpty);
        segment.delete();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }
}
