package dev.drawbridge.schema;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shapes, bindings and assets of types that are not ours, where these are taken unseen: a client is told of those that it
 * names.
 *
 * @param ours the sequences of our own types
 * @param named the other sequences that the client names
 */
public record ForeignTypes(Set<String> ours, Set<String> named) {
    public ForeignTypes {
        ours = Set.copyOf(ours);
        named = Set.copyOf(named);
    }

    boolean hides(String typeName, @Nullable String type) {
        return type != null && isForeign(typeName, type) && !named.contains(sequence(typeName, type));
    }

    boolean isForeign(String typeName, String type) {
        return Projection.Kind.WITH_SUBTYPES.contains(typeName) && !ours.contains(sequence(typeName, type));
    }

    private static String sequence(String typeName, String type) {
        return Projection.Kind.PREFIX + typeName + '.' + type;
    }
}
