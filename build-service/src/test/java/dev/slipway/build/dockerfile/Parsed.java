package dev.slipway.build.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.build.BuildException;
import java.util.List;

/** Shortens what the tests of this package say. */
final class Parsed {
    private Parsed() {}

    static Dockerfile dockerfile(String... lines) {
        return Dockerfile.parse("Dockerfile", String.join("\n", lines).getBytes(UTF_8));
    }

    /** The instructions of the last stage. */
    static List<Instruction> instructions(String... lines) {
        return dockerfile(lines).stages().getLast().instructions();
    }

    /** The only instruction of a stage; the lines follow {@code FROM scratch}, so the first is line 2. */
    static <T extends Instruction> T instruction(Class<T> type, String... lines) {
        List<Instruction> all = instructions("FROM scratch\n" + String.join("\n", lines));
        assertThat(all).hasSize(1);
        assertThat(all.getFirst()).isInstanceOf(type);
        return type.cast(all.getFirst());
    }

    /** Why a file is invalid. */
    static String error(String... lines) {
        BuildException e = catchThrowableOfType(BuildException.class, () -> dockerfile(lines));
        assertThat(e).as("the error").isNotNull();
        assertThat(e.reason()).isEqualTo(BuildException.Reason.DOCKERFILE_INVALID);
        assertThat(e.retryable()).isFalse();
        return String.valueOf(e.getMessage());
    }

    static List<String> texts(List<Word> words) {
        return words.stream().map(Word::text).toList();
    }
}
