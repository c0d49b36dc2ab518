package dev.slipway.build.dockerfile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The flags of an instruction. */
final class Flags {
    private static final Set<String> CAN_COME_AGAIN = Set.of("exclude", "mount");

    private final Map<String, Word> flags;

    private Flags(Map<String, Word> flags) {
        this.flags = flags;
    }

    /** All flags, of which each must be known and most come once. */
    static Flags of(Statement statement, String... known) {
        Map<String, Word> flags = new HashMap<>();
        for (Word flag : statement.flags()) {
            String name = name(flag);
            if (!Set.of(known).contains(name)) {
                throw statement
                        .line()
                        .invalid(
                                flag.offset(),
                                "%s has no flag '--%s'; expected %s"
                                        .formatted(statement.name(), name, expected(List.of(known))));
            }
            if (flags.putIfAbsent(name, flag) != null && !CAN_COME_AGAIN.contains(name)) {
                throw statement
                        .line()
                        .invalid(flag.offset(), "the flag '--%s' comes a second time; expected once".formatted(name));
            }
        }
        return new Flags(flags);
    }

    private static String expected(List<String> known) {
        return known.isEmpty()
                ? "none"
                : String.join(", ", known.stream().map(flag -> "--" + flag).toList());
    }

    /** The first of these flags that is there. */
    @Nullable
    Word first(String... names) {
        for (String name : names) {
            Word flag = flags.get(name);
            if (flag != null) {
                return flag;
            }
        }
        return null;
    }

    /** The value of a flag that needs one; null also where it is empty, which is as if the flag was not there. */
    @Nullable
    Word value(String name) {
        Word flag = flags.get(name);
        if (flag == null) {
            return null;
        }
        int equals = flag.text().indexOf('=');
        if (equals < 0) {
            throw flag.line()
                    .invalid(flag.offset(), "the flag '--%s' needs a value; expected '--%s=…'".formatted(name, name));
        }
        Word value = flag.part(equals + 1, flag.text().length());
        return value.text().isEmpty() ? null : value;
    }

    /** A flag that is on or off. */
    boolean on(String name) {
        Word flag = flags.get(name);
        if (flag == null) {
            return false;
        }
        int equals = flag.text().indexOf('=');
        String value = equals < 0 ? "true" : flag.text().substring(equals + 1);
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw flag.line()
                    .invalid(
                            flag.offset() + equals + 1,
                            "the flag '--%s' is '%s'; expected true or false".formatted(name, value));
        }
        return value.equalsIgnoreCase("true");
    }

    private static String name(Word flag) {
        int equals = flag.text().indexOf('=');
        return flag.text().substring(2, equals < 0 ? flag.text().length() : equals);
    }
}
