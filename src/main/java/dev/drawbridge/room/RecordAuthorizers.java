package dev.drawbridge.room;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who decides about the records of which types. */
public final class RecordAuthorizers {
    /** Nobody decides about single records. */
    public static final RecordAuthorizers NONE = new RecordAuthorizers(Map.of(), Set.of());

    private final Map<String, RecordAuthorizer> byType;
    private final Set<String> elsewhere;

    private RecordAuthorizers(Map<String, RecordAuthorizer> byType, Set<String> elsewhere) {
        this.byType = Map.copyOf(byType);
        this.elsewhere = Set.copyOf(elsewhere);
    }

    /**
     * Each for its types.
     *
     * @throws IllegalArgumentException if two decide about one type
     */
    public static RecordAuthorizers of(Collection<? extends RecordAuthorizer> authorizers) {
        Map<String, RecordAuthorizer> byType = new HashMap<>();
        for (RecordAuthorizer authorizer : authorizers) {
            for (String typeName : authorizer.typeNames()) {
                RecordAuthorizer other = byType.putIfAbsent(typeName, authorizer);
                if (other != null) {
                    throw new IllegalArgumentException("two decide about records of the type \"" + typeName + "\": "
                            + other.getClass().getName() + " and "
                            + authorizer.getClass().getName());
                }
            }
        }
        return new RecordAuthorizers(byType, Set.of());
    }

    /**
     * These, and record types about which is decided elsewhere: rooms have somebody asked ({@link Effect.Ask}).
     *
     * @throws IllegalArgumentException if one of these decides about such a type
     */
    public RecordAuthorizers withDecidedElsewhere(Set<String> typeNames) {
        for (String typeName : typeNames) {
            if (byType.containsKey(typeName)) {
                throw new IllegalArgumentException("the type \"" + typeName + "\" is decided about here already");
            }
        }
        return new RecordAuthorizers(byType, typeNames);
    }

    boolean isEmpty() {
        return byType.isEmpty() && elsewhere.isEmpty();
    }

    boolean areElsewhere(String typeName) {
        return elsewhere.contains(typeName);
    }

    Optional<RecordAuthorizer> of(String typeName) {
        return Optional.ofNullable(byType.get(typeName));
    }
}
