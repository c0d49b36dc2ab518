package dev.slipway.context;

import dev.slipway.context.ignore.CleanPath;
import dev.slipway.oci.Descriptor;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts the parts of a context together. What a store holds may have been put there by anybody, so it is checked here. */
final class ContextEntries {
    private static final int IMPLIED_MODE = 0755;
    private static final int MAX_LINKS = 40;

    private ContextEntries() {}

    static SortedMap<String, ContextEntry> of(List<Descriptor> layers, PackCache packs) {
        packs.fetch(layers.stream()
                .filter(layer -> layer.mediaType().equals(ContextFormat.PACK))
                .toList());
        SortedMap<String, ContextEntry> entries = new TreeMap<>();
        for (Descriptor layer : layers) {
            switch (layer.mediaType()) {
                case ContextFormat.PACK -> packs.index(layer).forEach(entry -> add(entries, entry));
                case ContextFormat.FILE -> {
                    if (!isHidden(layer)) {
                        add(entries, file(layer));
                    }
                }
                default -> throw invalid("a layer of it is neither pack nor file but " + layer.mediaType());
            }
        }
        addParents(entries);
        return entries;
    }

    static boolean isHidden(Descriptor layer) {
        return "true".equals(layer.annotations().get(ContextFormat.HIDDEN));
    }

    /** The file that a path names, through links. */
    static Optional<ContextEntry.RegularFile> follow(SortedMap<String, ContextEntry> entries, String path) {
        String at = path;
        for (int links = 0; links < MAX_LINKS; links++) {
            switch (entries.get(at)) {
                case ContextEntry.RegularFile file -> {
                    return Optional.of(file);
                }
                case ContextEntry.Link link -> {
                    int slash = at.lastIndexOf('/');
                    at = CleanPath.of(at.substring(0, slash + 1) + link.target());
                }
                case ContextEntry.Directory ignored -> {
                    return Optional.empty();
                }
                case null -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static ContextEntry file(Descriptor layer) {
        String path = layer.annotations().get(ContextFormat.TITLE);
        String mode = layer.annotations().get(ContextFormat.MODE);
        if (path == null || mode == null || !mode.matches("[0-7]{1,4}")) {
            throw invalid("a file of it lacks its path or its mode: " + layer.digest());
        }
        return new ContextEntry.RegularFile(path, Integer.parseInt(mode, 8), layer.size(), layer.digest(), layer, 0);
    }

    private static void add(SortedMap<String, ContextEntry> entries, ContextEntry entry) {
        checkPath(entry.path());
        if (entries.putIfAbsent(entry.path(), entry) != null) {
            throw invalid("'%s' is in it twice".formatted(entry.path()));
        }
    }

    private static void checkPath(String path) {
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0) {
                throw invalid("'%s' is no path inside of it".formatted(path));
            }
        }
    }

    private static void addParents(SortedMap<String, ContextEntry> entries) {
        for (String path : List.copyOf(entries.keySet())) {
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                String parent = path.substring(0, slash);
                ContextEntry entry = entries.computeIfAbsent(parent, p -> new ContextEntry.Directory(p, IMPLIED_MODE));
                if (!(entry instanceof ContextEntry.Directory)) {
                    throw invalid("'%s' lies in '%s', which is no directory".formatted(path, parent));
                }
            }
        }
    }

    static ContextException invalid(String why) {
        return new ContextException(ContextException.Kind.INVALID, "the context is malformed: " + why, null);
    }
}
