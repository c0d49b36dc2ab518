package dev.slipway.cli.options;

import dev.slipway.cli.report.CommandFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The kinds of options that commands have: how they are declared, and how their values are read. */
public final class Options {
    private Options() {}

    public static CommandSpec command(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description).sortOptions(false);
        return spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit.")
                .build());
    }

    public static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    /** An option whose value is {@code true} unless another one is attached to it, as {@code --name=value}. */
    public static OptionSpec optional(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .arity("0..1")
                .fallbackValue("true")
                .preprocessor((arguments, command, option, info) -> {
                    if (" ".equals(info.get("separator"))) {
                        arguments.push("true");
                    }
                    return false;
                })
                .paramLabel(label)
                .description(description)
                .build();
    }

    public static OptionSpec text(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    public static OptionSpec text(String shortName, String name, String label, String description) {
        return OptionSpec.builder(shortName, name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    public static OptionSpec number(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(int.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    public static OptionSpec repeated(String name, String label, String description) {
        return repeated(new String[] {name}, String.class, label, description);
    }

    public static OptionSpec repeated(String shortName, String name, String label, String description) {
        return repeated(new String[] {shortName, name}, String.class, label, description);
    }

    public static OptionSpec repeatedNumber(String name, String label, String description) {
        return repeated(new String[] {name}, Integer.class, label, description);
    }

    private static OptionSpec repeated(String[] names, Class<?> type, String label, String description) {
        return OptionSpec.builder(names[0], names)
                .type(List.class)
                .auxiliaryTypes(type)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    public static PositionalParamSpec argument(String label, boolean required, String description) {
        return PositionalParamSpec.builder()
                .type(String.class)
                .index("0")
                .arity(required ? "1" : "0..1")
                .required(required)
                .paramLabel(label)
                .description(description)
                .build();
    }

    public static boolean isSet(ParseResult given, String flag) {
        return given.hasMatchedOption(flag);
    }

    public static Optional<String> text(ParseResult given, String name) {
        return given.hasMatchedOption(name) ? Optional.of(given.matchedOptionValue(name, "")) : Optional.empty();
    }

    public static int number(ParseResult given, String name, int otherwise) {
        return given.hasMatchedOption(name) ? given.matchedOptionValue(name, otherwise) : otherwise;
    }

    public static List<String> texts(ParseResult given, String name) {
        return List.copyOf(given.matchedOptionValue(name, List.of()));
    }

    public static List<Integer> numbers(ParseResult given, String name, List<Integer> otherwise) {
        return List.copyOf(given.matchedOptionValue(name, otherwise));
    }

    /** One of an enumeration's names, in any case. */
    public static <E extends Enum<E>> E choice(ParseResult given, String name, E otherwise) {
        Optional<String> text = text(given, name);
        E[] all = otherwise.getDeclaringClass().getEnumConstants();
        return text.isEmpty()
                ? otherwise
                : Arrays.stream(all)
                        .filter(one -> one.name().equalsIgnoreCase(text.get()))
                        .findFirst()
                        .orElseThrow(() -> CommandFailure.usage("%s: wanted is one of %s, and it is '%s'"
                                .formatted(
                                        name,
                                        Arrays.stream(all)
                                                .map(one -> one.name().toLowerCase(Locale.ROOT))
                                                .collect(Collectors.joining(", ")),
                                        text.get())));
    }
}
