package dev.slipway.kit.events;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a payload lacks: components of its records that are null without being {@code @Nullable}. */
final class RequiredProperties {

    private record Property(RecordComponent component, boolean required) {}

    private static final ClassValue<List<Property>> PROPERTIES = new ClassValue<>() {
        @Override
        protected List<Property> computeValue(Class<?> type) {
            return List.of(type.getRecordComponents()).stream()
                    .map(component -> new Property(
                            component, !component.getAnnotatedType().isAnnotationPresent(Nullable.class)))
                    .toList();
        }
    };

    private RequiredProperties() {}

    /** The path of the first one that is missing, for example {@code failures[0].message}. */
    static Optional<String> firstMissing(Record payload) {
        return inRecord("", payload);
    }

    private static Optional<String> inRecord(String prefix, Record holder) {
        for (Property property : PROPERTIES.get(holder.getClass())) {
            String path = prefix + property.component().getName();
            Object value = read(holder, property.component());
            Optional<String> missing = value == null && property.required() ? Optional.of(path) : in(path, value);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> in(String path, @Nullable Object value) {
        return switch (value) {
            case Record nested -> inRecord(path + ".", nested);
            case Collection<?> elements -> inEntries(path, elements);
            case Map<?, ?> map ->
                map.values().stream().anyMatch(entry -> entry == null)
                        ? Optional.of(path + "{}")
                        : inEntries(path, map.values());
            case null, default -> Optional.empty();
        };
    }

    private static Optional<String> inEntries(String path, Collection<?> entries) {
        int index = 0;
        for (Object entry : entries) {
            Optional<String> missing = in(path + "[" + index++ + "]", entry);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    private static @Nullable Object read(Record holder, RecordComponent component) {
        try {
            return component.getAccessor().invoke(holder);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read %s".formatted(component), e);
        }
    }
}
