package dev.slipway.context.ignore;

import java.util.List;

/** A part of a {@link Glob}. */
sealed interface GlobToken {

    /** Stands for exactly one character. */
    sealed interface One extends GlobToken {
        boolean accepts(int codePoint);
    }

    record Literal(int codePoint) implements One {
        @Override
        public boolean accepts(int other) {
            return codePoint == other;
        }
    }

    /** {@code ?} */
    record NotSlash() implements One {
        @Override
        public boolean accepts(int codePoint) {
            return codePoint != '/';
        }
    }

    /** {@code [a-z]}; a negated class accepts a slash too, as Docker's does. */
    record CharacterClass(boolean negated, List<Range> ranges) implements One {
        @Override
        public boolean accepts(int codePoint) {
            return negated != ranges.stream().anyMatch(r -> r.low() <= codePoint && codePoint <= r.high());
        }
    }

    record Range(int low, int high) {}

    /** {@code *}: any characters but slashes, or none. */
    record Name() implements GlobToken {}

    /** {@code **} before something: any number of whole directories, or none. */
    record Directories() implements GlobToken {}

    /** {@code **} at the end: whatever follows. */
    record Rest() implements GlobToken {}
}
