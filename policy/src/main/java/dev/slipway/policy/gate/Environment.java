package dev.slipway.policy.gate;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelSetsExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.parser.CelStandardMacro;
import dev.slipway.policy.input.Field;
import dev.slipway.policy.input.InputTypes;
import dev.slipway.policy.input.Type;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The language of rules: standard CEL, its sets and most of its strings, over the declared input. */
final class Environment {
    static final int MAX_EXPRESSION = 16_384;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_ITERATIONS = 1_000_000;
    private static final int MAX_REGEX = 2_000;

    /** Without replace and join, whose results may be larger than the product of what they are given. */
    private static final Function[] STRINGS = {
        Function.CHAR_AT,
        Function.INDEX_OF,
        Function.LAST_INDEX_OF,
        Function.LOWER_ASCII,
        Function.SPLIT,
        Function.SUBSTRING,
        Function.TRIM,
        Function.UPPER_ASCII
    };

    private Environment() {}

    static Cel create() {
        CelOptions options = CelOptions.current()
                .maxExpressionCodePointSize(MAX_EXPRESSION)
                .maxParseRecursionDepth(MAX_DEPTH)
                .comprehensionMaxIterations(MAX_ITERATIONS)
                .maxRegexProgramSize(MAX_REGEX)
                .enableHeterogeneousNumericComparisons(true)
                .build();
        CelStringExtensions strings = CelExtensions.strings(STRINGS);
        CelSetsExtensions sets = CelExtensions.sets(options);
        var builder = CelFactory.plannerCelBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setTypeProvider(new Types())
                .addCompilerLibraries(strings, sets)
                .addRuntimeLibraries(strings, sets)
                .addVar("image", type(new Type.Struct(InputTypes.IMAGE)));
        for (Field variable : InputTypes.fields(InputTypes.INPUT)) {
            builder.addVar(variable.name(), type(variable.type()));
        }
        return builder.build();
    }

    private static CelType type(Type type) {
        return switch (type) {
            case Type.Scalar scalar -> scalar.equals(Type.TEXT) ? SimpleType.STRING : SimpleType.INT;
            case Type.ListOf list -> ListType.create(type(list.element()));
            case Type.MapOfText _ -> MapType.create(SimpleType.STRING, SimpleType.STRING);
            case Type.Struct struct -> StructTypeReference.create(struct.name());
            case Type.Anything _ -> SimpleType.DYN;
        };
    }

    private static final class Types implements CelTypeProvider {
        private final ImmutableMap<String, CelType> structs = InputTypes.STRUCTS.keySet().stream()
                .collect(ImmutableMap.toImmutableMap(UnaryOperator.identity(), Types::struct));

        private static CelType struct(String name) {
            ImmutableMap<String, CelType> fields = InputTypes.fields(name).stream()
                    .collect(ImmutableMap.toImmutableMap(Field::name, field -> type(field.type())));
            return StructType.create(name, fields.keySet(), wanted -> Optional.ofNullable(fields.get(wanted)));
        }

        @Override
        public ImmutableCollection<CelType> types() {
            return structs.values();
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(structs.get(name));
        }
    }
}
