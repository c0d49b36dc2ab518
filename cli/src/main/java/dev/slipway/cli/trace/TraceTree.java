package dev.slipway.cli.trace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.report.Columns;
import dev.slipway.cli.report.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The spans of a trace as an indented tree, each with its service, when it began and how long it took. */
final class TraceTree {
    private static final Comparator<Span> BY_START = Comparator.comparingLong(Span::startNanos);

    private final List<Span> roots;
    private final Map<String, List<Span>> children;
    private final List<Span> all;

    private TraceTree(List<Span> all, List<Span> roots, Map<String, List<Span>> children) {
        this.all = all;
        this.roots = roots;
        this.children = children;
    }

    static TraceTree of(JsonNode answer) {
        Map<String, Span> unique = new LinkedHashMap<>();
        Span.of(answer).stream().sorted(BY_START).forEach(span -> unique.putIfAbsent(span.spanId(), span));
        List<Span> all = List.copyOf(unique.values());
        List<Span> roots = new ArrayList<>();
        Map<String, List<Span>> children = new LinkedHashMap<>();
        for (Span span : all) {
            String parent = span.parentSpanId().orElse("");
            if (unique.containsKey(parent) && !parent.equals(span.spanId())) {
                children.computeIfAbsent(parent, id -> new ArrayList<>()).add(span);
            } else {
                roots.add(span);
            }
        }
        return new TraceTree(all, roots, children);
    }

    int size() {
        return all.size();
    }

    int services() {
        return (int) all.stream().map(Span::service).distinct().count();
    }

    /** One line per span, then one that sums up. */
    List<String> lines() {
        if (all.isEmpty()) {
            return List.of();
        }
        long began = all.getFirst().startNanos();
        Columns columns = new Columns();
        Set<String> drawn = new HashSet<>();
        roots.forEach(root -> draw(columns, drawn, root, "", "", began));
        List<String> lines = new ArrayList<>(columns.lines());
        lines.add("%d spans of %d services in %s"
                .formatted(
                        all.size(),
                        services(),
                        Units.text(Duration.ofNanos(
                                all.stream().mapToLong(Span::endNanos).max().orElse(began) - began))));
        return lines;
    }

    private void draw(Columns columns, Set<String> drawn, Span span, String first, String rest, long began) {
        if (!drawn.add(span.spanId())) {
            return;
        }
        columns.row(
                first + span.name(),
                span.service(),
                "+" + Units.text(Duration.ofNanos(span.startNanos() - began)),
                Units.text(span.duration()),
                remarks(span));
        List<Span> below = children.getOrDefault(span.spanId(), List.of());
        for (int i = 0; i < below.size(); i++) {
            boolean last = i == below.size() - 1;
            draw(columns, drawn, below.get(i), rest + (last ? "`- " : "|- "), rest + (last ? "   " : "|  "), began);
        }
    }

    private static String remarks(Span span) {
        List<String> remarks = new ArrayList<>();
        if (span.links() > 0) {
            remarks.add("after " + span.links() + (span.links() == 1 ? " span" : " spans"));
        }
        span.error().ifPresent(message -> remarks.add(message.isEmpty() ? "FAILED" : "FAILED: " + message));
        return String.join(", ", remarks);
    }
}
